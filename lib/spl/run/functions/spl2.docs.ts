/** Functions of SPL2 searches. Words, evidence and one tested example each; not part of the engine's bundle. */
import type { FunctionDocs } from './functions.docs.ts';

export const SPL2_DOCS: { readonly [name: string]: FunctionDocs } = {
  cast: {
    usage: 'cast(x, type)',
    summary:
      'The value read as a type: `string`, `integer`, `long`, `double`, `boolean`, `collection<string>`, `map`.',
    evidence: 'assumed',
    example: { expr: 'cast("12", "integer")', expected: 12 },
  },
  ucast: {
    usage: 'ucast(x, type, otherwise)',
    summary: 'The same, with a value for what cannot be read.',
    evidence: 'assumed',
    example: { expr: 'ucast("x", "integer", 0)', expected: 0 },
  },
  parse_long: {
    usage: 'parse_long(text)',
    summary: 'A whole number.',
    evidence: 'assumed',
    example: { expr: 'parse_long("1600000000")', expected: 1600000000 },
  },
  parse_int: {
    usage: 'parse_int(text)',
    summary: 'A whole number.',
    evidence: 'assumed',
    example: { expr: 'parse_int("12")', expected: 12 },
  },
  parse_double: {
    usage: 'parse_double(text)',
    summary: 'A number.',
    evidence: 'assumed',
    example: { expr: 'parse_double("1.5")', expected: 1.5 },
  },
  parse_bool: {
    usage: 'parse_bool(text)',
    summary: 'True or false.',
    evidence: 'assumed',
    example: { expr: 'parse_bool("true")', expected: true },
  },
  map_get: {
    usage: 'map_get(map, key)',
    summary: 'The value of a key of an object; null if there is none.',
    evidence: 'assumed',
    example: { expr: 'map_get({"a": 1}, "a")', expected: 1 },
  },
  map_keys: {
    usage: 'map_keys(map)',
    summary: 'The keys of an object.',
    evidence: 'assumed',
    example: { expr: 'map_keys({"a": 1, "b": 2})', expected: ['a', 'b'] },
  },
  map_has_key: {
    usage: 'map_has_key(map, key)',
    summary: 'Whether an object has the key.',
    evidence: 'assumed',
    example: { expr: 'map_has_key({"a": 1}, "b")', expected: false },
  },
  create_map: {
    usage: 'create_map([key, value, ...])',
    summary: 'An object of pairs.',
    evidence: 'assumed',
    example: { expr: 'create_map(["a", 1, "b", missing])', expected: '{"a":1,"b":null}' },
  },
  match_regex: {
    usage: 'match_regex(text, pattern)',
    summary: 'Whether the regular expression occurs in the text.',
    evidence: 'assumed',
    example: { expr: 'match_regex(cmd, /(?i)-enc/)', row: { cmd: 'x -ENC' }, expected: true },
  },
  concat: {
    usage: 'concat(x, ...)',
    summary: 'The texts joined; null if one is null.',
    evidence: 'assumed',
    example: { expr: 'concat("a", "b", 1)', expected: 'ab1' },
  },
  iterator: {
    usage: 'iterator(list, name)',
    summary: 'The list, inside `for_each`.',
    evidence: 'assumed',
    example: { expr: 'mvcount(iterator(["a", "b"], "x"))', expected: 2 },
  },
  for_each: {
    usage: 'for_each(iterator(list, name), expression)',
    summary: 'The value of the expression for each member, which it reads by name.',
    evidence: 'assumed',
    example: { expr: 'for_each(iterator(["a", "b"], "x"), upper(x))', expected: ['A', 'B'] },
  },
  map: {
    usage: 'map(list, x -> ...)',
    summary: 'The value of the function for each member.',
    evidence: 'assumed',
    example: { expr: 'map([1, 2], $x -> $x * 2)', expected: [2, 4] },
  },
  filter: {
    usage: 'filter(list, x -> ...)',
    summary: 'The members for which the function is true.',
    evidence: 'assumed',
    example: { expr: 'filter([1, 2, 3], $x -> $x > 1)', expected: [2, 3] },
  },
  any: {
    usage: 'any(list, x -> ...)',
    summary: 'Whether the function is true for a member.',
    evidence: 'assumed',
    example: { expr: 'any([1, 2], $x -> $x > 1)', expected: true },
  },
  all: {
    usage: 'all(list, x -> ...)',
    summary: 'Whether the function is true for every member.',
    evidence: 'assumed',
    example: { expr: 'all([1, 2], $x -> $x > 1)', expected: false },
  },
};
