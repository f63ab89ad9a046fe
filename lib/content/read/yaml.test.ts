import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as referenceParse, stringify } from 'yaml';
import { parseYaml } from '../../text/yaml.ts';
import { plainValue, writtenText, type YamlNode } from '../../text/yaml-node.ts';
import { SourceFile } from './source-file.ts';

function read(text: string): { node: YamlNode; file: SourceFile } {
  const file = new SourceFile(0, 'a.yml', text);
  const { documents, diagnostics } = parseYaml(file);
  expect(diagnostics).toEqual([]);
  return { node: documents[0]!, file };
}

function at(node: YamlNode, ...path: (string | number)[]): YamlNode {
  let found = node;
  for (const step of path) {
    const next =
      found.kind === 'mapping'
        ? found.entries.get(String(step))?.value
        : found.kind === 'sequence'
          ? found.items[Number(step)]
          : undefined;
    expect(next, String(step)).toBeDefined();
    found = next!;
  }
  return found;
}

describe('parseYaml', () => {
  it('places every scalar where its text stands', () => {
    const text = 'a: one\nb:\n- "two"\n- three four\nc: {d: 5, e: [six]}\n';
    const { node } = read(text);
    const slice = (...path: (string | number)[]) => {
      const { start, end } = at(node, ...path);
      return text.slice(start, end);
    };
    expect(slice('a')).toBe('one');
    expect(slice('b', 0)).toBe('two');
    expect(slice('b', 1)).toBe('three four');
    expect(slice('c', 'd')).toBe('5');
    expect(slice('c', 'e', 0)).toBe('six');
  });

  it('keeps scalars as written and gives types only when asked', () => {
    const { node } = read('a: 1.10\nb: "1.10"\nc: 2024-05-01\nd: yes\ne: true\nf:\ng: 0x1f\nh: 1e3\n');
    expect(
      node.kind === 'mapping' && [...node.entries].map(([key, { value }]) => [key, writtenText(value, '')]),
    ).toEqual([
      ['a', '1.10'],
      ['b', '1.10'],
      ['c', '2024-05-01'],
      ['d', 'yes'],
      ['e', 'true'],
      ['f', ''],
      ['g', '0x1f'],
      ['h', '1e3'],
    ]);
    expect(plainValue(node)).toEqual({
      a: 1.1,
      b: '1.10',
      c: '2024-05-01',
      d: 'yes',
      e: true,
      f: null,
      g: '0x1f',
      h: 1000,
    });
  });

  it('gives the source of a list or mapping where a text was meant, without its indentation', () => {
    const { node, file } = read('x:\n    known:\n      - a: b\n        c: d\n      - e\n');
    expect(writtenText(at(node, 'x', 'known'), file.text)).toBe('- a: b\n  c: d\n- e');
  });

  it('merges keys that are not written beside the merge', () => {
    const { node } = read('base: &base {a: 1, b: 2}\nmerged:\n  <<: *base\n  b: 3\n');
    expect(plainValue(at(node, 'merged'))).toEqual({ a: 1, b: 3 });
  });

  it('indents as many lines as need it, and every place stays that of the file', () => {
    const text = 'a: \'one\ntwo\n\nthree\'\nb: "x\ny"\nc: end\n';
    const file = new SourceFile(0, 'a.yml', text);
    const { documents, diagnostics } = parseYaml(file);
    expect(diagnostics.map(({ code }) => code)).toEqual(['yaml-indentation']);
    expect(plainValue(documents[0]!)).toEqual({ a: 'one two\nthree', b: 'x y', c: 'end' });
    const { start, end } = at(documents[0]!, 'c');
    expect(text.slice(start, end)).toBe('end');
  });

  it('reads what another YAML reader reads, for any data', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const { data } = fc.letrec((tie) => ({
      data: fc.oneof(
        { maxDepth: 4 },
        scalar,
        fc.array(tie('data'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie('data'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(data, (value) => {
        const text = stringify(value);
        const file = new SourceFile(0, 'a.yml', text);
        const { documents, diagnostics } = parseYaml(file);
        expect(diagnostics).toEqual([]);
        expect(documents.map(plainValue)).toEqual([referenceParse(text, { schema: 'core' })]);
      }),
      { numRuns: 300 },
    );
  });
});
