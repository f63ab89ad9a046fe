import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from './compile.ts';
import { compiled, only } from './test-catalog.ts';
import { contentFolder, detectionText, uuid } from './test-folder.ts';

describe('files that cannot be read', () => {
  it('says where YAML is broken and builds the rest', async () => {
    const catalog = await compiled({
      'detections/broken.yml': 'name: Broken\ntags: [a, b\nsearch: x\n',
      'detections/fine.yml': detectionText('Fine', uuid(1)),
    });
    const found = only(catalog, 'yaml-syntax');
    expect(found).toMatchObject({ severity: 'error', path: 'detections/broken.yml' });
    expect(found.position?.line).toBe(3);
    expect(found.range).toBeDefined();
    expect(catalog.detections.map((detection) => detection.name)).toEqual(['Fine']);
  });

  it.each([
    ['tabs as indentation', 'name: A\ntags:\n\tx: 1\n'],
    ['an unclosed quote', 'name: "A\nsearch: x\n'],
    ['an alias without anchor', 'name: A\nsearch: *nothing\n'],
    ['an alias inside its own anchor', 'name: &a\n  - *a\n'],
    ['nesting without end', `name: ${'['.repeat(5000)}\n`],
    ['a directive that is none', '%YAML 9.9 x\n---\nname: A\n'],
  ])('gives one error for %s', async (_what, text) => {
    const catalog = await compiled({ 'detections/a.yml': text });
    const errors = catalog.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.path).toBe('detections/a.yml');
    expect(errors[0]?.range).toBeDefined();
  });

  it('does not read a file of 50 MB', async () => {
    const catalog = await compiled({ 'detections/huge.yml': Buffer.alloc(50 * 1024 * 1024, 'a: b\n') });
    expect(only(catalog, 'file-too-large')).toMatchObject({ severity: 'error', path: 'detections/huge.yml' });
  });

  it('does not expand a billion laughs', async () => {
    const levels = ['a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]'];
    for (let level = 1; level < 10; level++) {
      const [before, here] = ['abcdefghij'[level - 1], 'abcdefghij'[level]];
      levels.push(`${here}: &${here} [${Array(10).fill(`*${before}`).join(', ')}]`);
    }
    const catalog = await compiled({ 'detections/laughs.yml': `name: X\nsearch: y\n${levels.join('\n')}\n` });
    expect(only(catalog, 'yaml-alias-expansion')).toMatchObject({ severity: 'error' });
  });

  it('reads anchors, aliases and merge keys of ordinary size', async () => {
    const text = detectionText('Anchored', uuid(1)).replace(
      'how_to_implement: Send the logs.',
      'how_to_implement: &how Send the logs.\nexplanation: *how',
    );
    const catalog = await compiled({ 'detections/a.yml': text });
    expect(catalog.diagnostics).toEqual([]);
    expect(catalog.detections[0]).toMatchObject({
      implementation: 'Send the logs.',
      explanation: 'Send the logs.',
    });
  });

  it('points at the first byte that is not UTF-8', async () => {
    const text = detectionText('Latin', uuid(1)).replace('an example', 'na\u{fffd}ve caf#');
    const bytes = Buffer.from(text);
    const at = bytes.indexOf('#');
    bytes[at] = 0xe9;
    const catalog = await compiled({ 'detections/latin.yml': bytes });
    const found = only(catalog, 'not-utf8');
    expect(found.message).toContain(`Byte ${at} (0xe9)`);
    expect(found.position).toEqual({ line: 8, column: 'description: Looks for na\u{fffd}ve caf'.length + 1 });
    expect(catalog.detections[0]?.description).toContain('caf\u{fffd}');
  });

  it('says what UTF-16 is', async () => {
    const bytes = Buffer.from(`\u{feff}${detectionText('Wide', uuid(1))}`, 'utf16le');
    const catalog = await compiled({ 'detections/wide.yml': bytes });
    expect(catalog.diagnostics.some(({ code }) => code === 'not-utf8')).toBe(true);
    expect(catalog.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('drops a byte-order mark and takes Windows line ends', async () => {
    const text = `\u{feff}${detectionText('Marked', uuid(1)).replaceAll('\n', '\r\n')}`;
    const catalog = await compiled({ 'detections/a.yml': text });
    expect(catalog.diagnostics).toEqual([]);
    expect(catalog.detections[0]?.source.lines.search).toBe(9);
  });

  it('tells empty files, lists and nameless objects apart', async () => {
    const catalog = await compiled({
      'detections/empty.yml': '',
      'detections/comment.yml': '# nothing here\n',
      'detections/list.yml': '- a\n- b\n',
      'detections/nameless.yml': 'search: index=main\n',
    });
    expect(catalog.diagnostics.map(({ code, path }) => [path, code])).toEqual([
      ['detections/comment.yml', 'file-empty'],
      ['detections/empty.yml', 'file-empty'],
      ['detections/list.yml', 'not-a-mapping'],
      ['detections/nameless.yml', 'name-missing'],
    ]);
    expect(catalog.diagnostics.every(({ severity }) => severity === 'error')).toBe(true);
  });
});

describe('files and folders with odd names', () => {
  it('reads names with blanks, dots and letters of any script', async () => {
    const catalog = await compiled({
      'detections/with blanks and ..dots...yml': detectionText('Blanks', uuid(1)),
      'detections/..hidden..not/é ü.yaml': detectionText('Folder', uuid(2)),
      'detections/検知.YML': detectionText('検知ルール', uuid(3)),
    });
    // A name that begins with a dot is hidden, so its folder is left out.
    expect(catalog.detections.map(({ slug }) => slug)).toEqual(['blanks', '検知ルール']);
  });

  it('leaves out hidden folders, node_modules and archives of macOS', async () => {
    const text = detectionText('A', uuid(1));
    const catalog = await compiled({
      '.github/detections/a.yml': text,
      'node_modules/x/detections/a.yml': text,
      '__MACOSX/detections/a.yml': text,
    });
    expect(catalog.detections).toEqual([]);
    expect(catalog.diagnostics).toEqual([]);
  });

  it('follows links inside the folder only, and none twice', async () => {
    const secret = contentFolder({ 'secret.yml': detectionText('Secret', uuid(9)) });
    const folder = contentFolder({ 'shared/a.yml': detectionText('A', uuid(1)) });
    mkdirSync(join(folder, 'detections'));
    symlinkSync(join(secret, 'secret.yml'), join(folder, 'detections', 'secret.yml'));
    symlinkSync(join(folder, 'shared', 'a.yml'), join(folder, 'detections', 'linked.yml'));
    symlinkSync(folder, join(folder, 'detections', 'loop'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'detections', 'dead.yml'));
    const catalog = await compile([folder]);
    expect(catalog.detections.map(({ name }) => name)).toEqual(['A', 'A']);
    expect(only(catalog, 'symlink-outside').path).toBe('detections/secret.yml');
    expect(only(catalog, 'file-unreadable').path).toBe('detections/dead.yml');
  });

  it('says that a folder is missing, and takes a single file', async () => {
    const missing = await compile(['/nowhere/at/all']);
    expect(only(missing, 'content-folder-missing').severity).toBe('error');
    const folder = contentFolder({ 'one.yml': detectionText('One', uuid(1)) });
    expect((await compile([join(folder, 'one.yml')])).detections).toHaveLength(1);
  });

  it('passes over YAML that is no content, and says so', async () => {
    const catalog = await compiled({ 'contentctl.yml': 'app:\n  title: x\n', 'docs/notes.yml': 'a: b\n' });
    expect(catalog.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['file-unrecognised', 'info'],
      ['file-unrecognised', 'info'],
    ]);
  });
});

describe('anything at all', () => {
  it('never throws, whatever single bytes are changed', async () => {
    const original = Buffer.from(
      detectionText(
        'Mutated',
        uuid(1),
        'index=main | stats count by host',
        'tests:\n- name: t\n  attack_data:\n  - data: x\n',
      ),
    );
    const folder = contentFolder({});
    mkdirSync(join(folder, 'detections'));
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let file = 0; file < 300; file++) {
      const bytes = Buffer.from(original);
      for (let change = 0; change < 4; change++) bytes[random(bytes.length)] = random(256);
      writeFileSync(join(folder, 'detections', `${file}.yml`), bytes);
    }
    const catalog = await compile([folder]);
    const failed = new Set(
      catalog.diagnostics.filter(({ severity }) => severity === 'error').map(({ path }) => path),
    );
    expect(catalog.detections.length + failed.size).toBeGreaterThanOrEqual(
      300 - catalog.diagnostics.filter(({ code }) => code === 'file-unrecognised').length,
    );
  });

  it('never throws, whatever a key holds', async () => {
    const keys = [
      ...[
        'name',
        'title',
        'id',
        'search',
        'tags',
        'rba',
        'finding',
        'intermediate_findings',
        'threat_objects',
      ],
      ...[
        'data_source',
        'tests',
        'test',
        'drilldown_searches',
        'mitre_attack_id',
        'analytic_story',
        'definition',
      ],
      ...[
        'arguments',
        'filename',
        'match_type',
        'field_mappings',
        'convert_to_log_source',
        'supported_TA',
        'status',
      ],
      ...[
        'scheduling',
        'alert_action',
        'deployment',
        'deprecation_info',
        'logsource',
        'falsepositives',
        'related',
      ],
      ...[
        'observable',
        'risk_score',
        'entity',
        'entities',
        'attack_data',
        'references',
        'narrative',
        'author',
      ],
    ];
    const scalar = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.constant('`a` | eval ('),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        scalar,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 5 }),
      ),
    }));
    const folders = [
      'detections',
      'stories',
      'macros',
      'lookups',
      'data_sources',
      'baselines',
      'investigations',
    ];
    const more = [
      'playbooks',
      'deployments',
      'schedules',
      'dashboards',
      'removed',
      'tests',
      'ssa_detections',
      '',
    ];
    const file = fc.record({
      folder: fc.constantFrom(...folders, ...more),
      content: fc.dictionary(fc.constantFrom(...keys, 'type', 'creation_date', 'detection'), value, {
        maxKeys: 12,
      }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 20 }), async (files) => {
        const named = files.map(({ folder, content }, index) => [
          `${folder || '.'}/${index}.yml`,
          stringify(content),
        ]);
        const catalog = await compiled(Object.fromEntries(named));
        expect(JSON.parse(JSON.stringify(catalog))).toEqual(catalog);
      }),
      { numRuns: 60 },
    );
  });
});
