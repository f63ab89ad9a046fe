/** Text functions. Words, evidence and one tested example each; not part of the engine's bundle. */
import type { FunctionDocs } from './functions.docs.ts';

export const TEXT_DOCS: { readonly [name: string]: FunctionDocs } = {
  len: {
    usage: 'len(text)',
    summary: 'Number of characters.',
    evidence: 'docs',
    page: 'text-functions',
    example: { expr: 'len("é💜")', expected: 2 },
  },
  lower: {
    usage: 'lower(text)',
    summary: 'In lower case; each value of a list.',
    evidence: 'docs',
    page: 'text-functions',
    example: { expr: 'lower("AbC")', expected: 'abc' },
  },
  upper: {
    usage: 'upper(text)',
    summary: 'In upper case; each value of a list.',
    evidence: 'docs',
    page: 'text-functions',
    example: { expr: 'upper("AbC")', expected: 'ABC' },
  },
  trim: {
    usage: 'trim(text, characters)',
    summary: 'Without blanks and tabs, or the given characters, at both ends.',
    evidence: 'docs',
    page: 'text-functions',
    example: { expr: 'trim("  x ")', expected: 'x' },
  },
  ltrim: {
    usage: 'ltrim(text, characters)',
    summary: 'The same at the left end.',
    evidence: 'docs',
    page: 'text-functions',
    example: { expr: 'ltrim("$12", "$")', expected: '12' },
  },
  rtrim: {
    usage: 'rtrim(text, characters)',
    summary: 'The same at the right end.',
    evidence: 'docs',
    page: 'text-functions',
    example: { expr: 'rtrim("12kb", "kb")', expected: '12' },
  },
  substr: {
    usage: 'substr(text, start, length)',
    summary: 'Part of a text; positions count from 1, negative ones from the end.',
    evidence: 'docs',
    page: 'text-functions',
    example: { expr: 'substr("string", -3)', expected: 'ing' },
  },
  replace: {
    usage: 'replace(text, pattern, replacement)',
    summary: 'Every match of the pattern replaced; `\\1` stands for a group.',
    evidence: 'docs',
    page: 'text-functions',
    example: { expr: 'replace("1/14/2023", "^(\\d+)/(\\d+)/", "\\2/\\1/")', expected: '14/1/2023' },
  },
  urldecode: {
    usage: 'urldecode(text)',
    summary: 'Percent-escapes undone.',
    evidence: 'docs',
    page: 'text-functions',
    example: { expr: 'urldecode("a%2Fb%20c")', expected: 'a/b c' },
  },
  split: {
    usage: 'split(text, delimiter)',
    summary: 'The pieces between delimiters, as a list.',
    evidence: 'docs',
    page: 'text-functions',
    example: { expr: 'split("a;b", ";")', expected: ['a', 'b'] },
  },
  spath: {
    usage: 'spath(text, path)',
    summary: 'What stands at a path of a JSON or XML text.',
    evidence: 'docs',
    page: 'text-functions',
    example: { expr: 'spath(j, "a{}.b")', row: { j: '{"a":[{"b":1},{"b":2}]}' }, expected: ['1', '2'] },
  },
};
