import { describe, expect, it } from 'vitest';
import { compiled, only } from './test-catalog.ts';
import { detectionText, uuid } from './test-folder.ts';

describe('values that are not what the key takes', () => {
  it('keeps what was written where a text was meant', async () => {
    const text = `${detectionText('Odd', uuid(1))}`
      .replace(
        'known_false_positives: Unknown',
        'known_false_positives:\n  - admins: they run this\n  - backup',
      )
      .replace('description: Looks for an example.', 'description: 2026-05-13')
      .replace('version: 1', "version: 'two'");
    const catalog = await compiled({ 'detections/odd.yml': text });
    expect(catalog.detections[0]).toMatchObject({
      falsePositives: '- admins: they run this\n- backup',
      falsePositivesUndocumented: false,
      description: '2026-05-13',
    });
    const codes = catalog.diagnostics.map(({ code, position }) => [code, position?.line]);
    expect(codes).toEqual([
      ['wrong-type', 3],
      ['wrong-type', 12],
    ]);
  });

  it('names unknown keys, wrong values and missing fields with their places', async () => {
    const text = detectionText('Wrong', uuid(1), 'index=main', 'data_sources:\n- A\ntests: 5\n')
      .replace('status: production', 'status: ready')
      .replace("date: '2026-05-13'", 'date: yesterday')
      .replace('author: Example Author\n', '')
      .replace('[T1059]', '[T1059, X1]');
    const catalog = await compiled({ 'detections/wrong.yml': text });
    const found = catalog.diagnostics.map(({ code, message, position }) => ({
      code,
      line: position?.line,
      message,
    }));
    expect(found.map(({ code, line }) => [code, line])).toEqual([
      ['missing-field', 1],
      ['bad-format', 4],
      ['bad-enum', 5],
      ['bad-format', 14],
      ['unknown-technique', 14],
      ['unknown-key', 17],
      ['unknown-reference', 18],
      ['wrong-type', 19],
    ]);
    expect(found[2]?.message).toBe(
      '`status` must be one of `production`, `experimental`, `deprecated`, `removed`. It is `ready`.',
    );
    expect(found[5]?.message).toBe(
      'This kind of file has no key `data_sources`; did you mean `data_source`?',
    );
    expect(catalog.detections[0]?.dataSources).toEqual([[{ name: 'A' }]]);
  });

  it('keeps HTML and script addresses as the text that they are', async () => {
    const evil = '<img src=x onerror=alert(1)> [click](javascript:alert(1))';
    const text = detectionText('Evil', uuid(1)).replace(
      'description: Looks for an example.',
      `description: '${evil}'`,
    );
    const catalog = await compiled({
      'detections/evil.yml': text.replace('tags:', 'references:\n- javascript:alert(1)\ntags:'),
    });
    expect(catalog.detections[0]?.description).toBe(evil);
    expect(only(catalog, 'bad-format').position?.line).toBe(13);
  });

  it('is not fooled by keys that JavaScript gives a meaning', async () => {
    const text = detectionText(
      'Proto',
      uuid(1),
      'index=main',
      '__proto__: {polluted: true}\nconstructor: x\n',
    );
    const catalog = await compiled({ 'detections/a.yml': text });
    expect(catalog.detections).toHaveLength(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(catalog.diagnostics.map(({ code }) => code)).toContain('unknown-key');
  });

  it('warns of a key written twice and of a second document', async () => {
    const catalog = await compiled({
      'detections/twice.yml': detectionText('Twice', uuid(1), 'index=main', 'type: TTP\n'),
      'stories/two.yml': 'name: A\nnarrative: b\n---\nname: B\n',
    });
    expect(only(catalog, 'yaml-duplicate-key').position?.line).toBe(18);
    expect(catalog.detections[0]?.type).toBe('TTP');
    expect(only(catalog, 'yaml-several-documents').position?.line).toBe(4);
  });

  it('reads a quoted text that continues at the margin, and says where', async () => {
    const text = detectionText('Margin', uuid(1)).replace(
      "search: 'index=main'",
      "search: 'index=main\n| stats count\n| table count'",
    );
    const catalog = await compiled({ 'detections/margin.yml': text });
    expect(catalog.detections[0]?.search).toBe('index=main | stats count | table count');
    const found = only(catalog, 'yaml-indentation');
    expect(found.position).toEqual({ line: 10, column: 1 });
    // Places after the repaired lines are those of the file, not of the repaired text.
    expect(catalog.detections[0]?.source.lines.how_to_implement).toBe(12);
  });
});

describe('names that clash or mean nothing', () => {
  it('warns of IDs and names used twice and keeps both pages', async () => {
    const catalog = await compiled({
      'detections/a.yml': detectionText('Same', uuid(1)),
      'detections/b.yml': detectionText('Same', uuid(1)),
      'detections/c.yml': detectionText('Same', uuid(2)),
    });
    expect(catalog.detections.map(({ slug }) => slug)).toEqual(['same', 'same-g2', 'same-00000000']);
    expect(new Set(catalog.detections.map(({ slug }) => slug)).size).toBe(3);
    expect(only(catalog, 'duplicate-id').path).toBe('detections/b.yml');
    expect(catalog.diagnostics.filter(({ code }) => code === 'duplicate-name')).toHaveLength(2);
    expect(catalog.redirects).toContainEqual([`/detections/${uuid(1)}/`, '/detections/same/']);
  });

  it('suggests the nearest name for a reference that means nothing', async () => {
    const catalog = await compiled({
      'detections/a.yml': detectionText('A', uuid(1), 'index=main | `sysmn`').replace(
        'analytic_story: []',
        'analytic_story: [Credental Dumping, credential dumping, Nothing Like It]',
      ),
      'macros/sysmon.yml': 'name: sysmon\ndefinition: index=sysmon\ndescription: Where Sysmon is.\n',
      'stories/a.yml': 'name: Credential Dumping\nnarrative: They dump credentials.\n',
    });
    const unknown = catalog.diagnostics.filter(({ code }) => code === 'unknown-reference');
    expect(unknown.map(({ message }) => message)).toEqual([
      'There is no macro `sysmn`; did you mean `sysmon`?',
      'There is no analytic story `Credental Dumping`; did you mean `Credential Dumping`?',
      'There is no analytic story `Nothing Like It`; add it, or correct the name.',
    ]);
    expect(unknown.map(({ position }) => position?.line)).toEqual([9, 13, 13]);
    expect(only(catalog, 'reference-case').message).toContain('`Credential Dumping`');
    expect(catalog.detections[0]?.stories[1]).toMatchObject({ kind: 'story', slug: 'credential-dumping' });
    expect(catalog.stories[0]?.detections).toMatchObject([{ name: 'A', slug: 'a' }]);
  });

  it('reports each cycle of macros once and still compiles', async () => {
    const macro = (name: string, definition: string) =>
      `name: ${name}\ndefinition: '${definition}'\ndescription: x\n`;
    const catalog = await compiled({
      'macros/a.yml': macro('a', 'x=1 `b`'),
      'macros/b.yml': macro('b', 'y=1 `c`'),
      'macros/c.yml': macro('c', 'z=1 `a`'),
      'macros/self.yml': macro('self', '`self`'),
      'detections/d.yml': detectionText('D', uuid(1), '`a` | `self`'),
    });
    const cycles = catalog.diagnostics.filter(({ code }) => code === 'macro-cycle');
    expect(cycles.map(({ path, message }) => [path, message])).toEqual([
      ['macros/a.yml', 'This macro uses itself: `a` → `b` → `c` → `a`. Take one of these calls out.'],
      ['macros/self.yml', 'This macro uses itself: `self` → `self`. Take one of these calls out.'],
    ]);
    expect(cycles[0]?.position).toEqual({ line: 2, column: 19 });
    expect(catalog.detections[0]?.macros.map(({ name, via }) => [name, via])).toEqual([
      ['a', []],
      ['self', []],
      ['b', ['a']],
      ['c', ['b']],
    ]);
  });

  it('says when a macro gets another number of arguments than it has', async () => {
    const catalog = await compiled({
      'macros/m.yml': 'name: m\ndefinition: x=$a$\narguments: [a]\ndescription: x\n',
      'detections/d.yml': detectionText('D', uuid(1), 'index=main | `m`'),
    });
    expect(only(catalog, 'macro-arguments').message).toBe(
      'The macro `m` is called with 0 argument(s); it takes a.',
    );
  });

  it('keeps the page of a search that cannot be read', async () => {
    const search = 'index=main | eval x=( | stats count | `mine`';
    const catalog = await compiled({ 'detections/a.yml': detectionText('A', uuid(1), search) });
    expect(only(catalog, 'search-unreadable')).toMatchObject({
      severity: 'warning',
      path: 'detections/a.yml',
    });
    expect(catalog.detections[0]).toMatchObject({ search, requiredFields: [], forms: {} });
    expect(catalog.detections[0]?.macros.map(({ name }) => name)).toEqual(['mine']);
  });
});
