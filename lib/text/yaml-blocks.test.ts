/** What the quick reader reads is what the whole of YAML makes of it, nodes and places; the rest it leaves alone. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseYamlByEvents } from './yaml.ts';
import { readBlocks } from './yaml-blocks.ts';

const byEvents = (text: string) =>
  parseYamlByEvents({
    text,
    problem: (code, message, range) => ({ code, severity: 'error', message, ...(range ? { range } : {}) }),
  });

/** The quick reader gave nothing, or the same. */
function agrees(text: string): boolean {
  const quick = readBlocks(text);
  if (quick !== undefined) expect(byEvents(text), text).toEqual({ documents: [quick], diagnostics: [] });
  return quick !== undefined;
}

describe('YAML in block style', () => {
  it.each([
    'a: b\n',
    'a: b',
    '\n# c\n\na: b # d\n\n# e\n',
    'a:\n  b: c\n  d:\n    e: f\ng: h\n',
    'a:\n- b\n- c\nd: e\n',
    'a:\n    - b\n    # c\n    - d: e\n      f: g\n    - h\nd: e\n',
    'a:\nb:\n  - c:\n    d: e\n',
    "a: 'it''s'\nb: \"x\\\\y \\\" \\n\"\n'c d': e\n\"f\" : g\n",
    'a: one\n  two\n\n  three # four\nb: c\n',
    'a: \'one\n\n  two\'\nb: "three\n  four" # five\n',
    'a: |\n  one\n\n   two\n\n# three\nb: >-\n  one\n  two\n\n  three\nc: |+\n  d\n\n',
    'a: |\nb: >\n    c\n',
    'a: |\n  one',
    'a: x:y #b\nc: d#e\nhttp://x: y\n',
    'a|contains|all:\n  - " b"\n  - \'*\\c\'\n  - -d\n',
    'a: []\nb: [] # none\n',
    'a:\n  b\nc: \n  - d:\n      e\n    f:\n      "g"\n  - h\n',
    'a:   b   \nc:    \nd  : e\n',
  ])('is read: %j', (text) => {
    expect(agrees(text)).toBe(true);
  });

  it.each([
    '',
    '# a\n',
    '- a\n',
    'a\n',
    ' a: b\n',
    'a: b\na: c\n',
    'a: b: c\n',
    'a: {b: c}\nd: [e]\n',
    'a: &b c\nd: *b\n',
    'a: !!str b\n',
    'a: b\n---\nc: d\n',
    '%YAML 1.2\n---\na: b\n',
    'a:\tb\n',
    'a: b\r\nc: d\r\n',
    'a: "b\nc"\n',
    "a: 'b\n",
    'a: "\\x41"\n',
    'a: |2\n   b\n',
    '? a\n: b\n',
    'a:\n  - - b\n',
    'a:\n   b: c\n  d: e\n',
    'a: b\n  # c\n  d\n',
    'a: b # c\n  d\n',
    'a: @b\n',
    'a: \u0007\n',
    'a: \ud800\n',
    '\ufeffa: b\n',
    'b: {<<: c}\n',
    '<<: a\n',
  ])('is left to the other reader: %j', (text) => {
    expect(agrees(text)).toBe(false);
  });

  it('means the same, whatever is put together', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b',
        ': ',
        ':',
        '- ',
        '-',
        ' ',
        '  ',
        '\n',
        '\n  ',
        '\n    ',
        '#',
        ' # ',
        "'",
        "''",
        '"',
        '\\',
      ],
      ...[
        '|',
        '>-',
        '|+',
        '\\n',
        '[]',
        '[',
        '*',
        '&',
        '?',
        '%',
        '---',
        '\t',
        'é',
        'key: ',
        '\nk: ',
        '\n- ',
        '~',
      ],
    );
    let read = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        if (agrees(`k: ${pieces.join('')}`)) read += 1;
      }),
      { numRuns: 20_000, seed: 7 },
    );
    expect(read).toBeGreaterThan(1_000);
  });
});

const CORPUS = fileURLToPath(new URL('../../../shared/corpus/sigma', import.meta.url));

describe.skipIf(!existsSync(CORPUS))('files of a corpus (skipped where it is absent)', () => {
  const texts = () =>
    readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yml'))
      .sort()
      .map((path) => readFileSync(join(CORPUS, path), 'utf8'));

  it('are nearly all read', () => {
    const all = texts();
    const read = all.filter(agrees).length;
    expect(read / all.length).toBeGreaterThan(0.99);
  });

  it('mean the same with something taken out, put in or doubled', () => {
    const some = texts().filter((_, at) => at % 40 === 0);
    const odd = fc.constantFrom(' ', '  ', '\n', ':', '#', "'", '"', '- ', '|', '\\', '', '\n\n', ' #', ': ');
    let read = 0;
    fc.assert(
      fc.property(fc.constantFrom(...some), fc.nat(), fc.nat(3), odd, (text, at, taken, put) => {
        const place = at % (text.length + 1);
        if (agrees(text.slice(0, place) + put + text.slice(place + taken))) read += 1;
      }),
      { numRuns: 4_000, seed: 7 },
    );
    expect(read).toBeGreaterThan(1_000);
  });
});
