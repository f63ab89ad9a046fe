/** What of PCRE is matched and what is refused, for the support page; each row is run as a test. Not bundled. */
export interface RegexDocs {
  readonly construct: string;
  readonly summary: string;
  /** A pattern and a text in which it matches `finds`; or a pattern that is refused. */
  readonly example:
    | { readonly pattern: string; readonly text: string; readonly finds: string }
    | { readonly refused: string };
}

export const REGEX_DOCS: readonly RegexDocs[] = [
  {
    construct: '(?<name>...) (?P<name>...)',
    summary: 'Named groups; several groups may share a name.',
    example: { pattern: '(?P<n>\\d+)', text: 'a12', finds: '12' },
  },
  {
    construct: '(?i) (?s) (?m) (?x)',
    summary: 'Flags, for the rest of a group or for `(?i:...)` alone.',
    example: { pattern: '(?i)ab', text: 'xAB', finds: 'AB' },
  },
  {
    construct: '$ \\Z \\z \\A',
    summary: '`$` and `\\Z` also match before a final newline.',
    example: { pattern: 'a$', text: 'a\n', finds: 'a' },
  },
  {
    construct: '.',
    summary: 'Any character except the newline; with `(?s)` any.',
    example: { pattern: 'a.b', text: 'a\rb', finds: 'a\rb' },
  },
  {
    construct: '\\d \\w \\s \\h \\v \\R \\N',
    summary: 'Classes, ASCII as in PCRE; `\\R` is any line break.',
    example: { pattern: '\\h+\\d', text: 'a\t 1', finds: '\t 1' },
  },
  {
    construct: '[[:alpha:]]',
    summary: 'POSIX classes.',
    example: { pattern: '[[:xdigit:]]+', text: 'xyz0aF', finds: '0aF' },
  },
  {
    construct: '\\p{L} \\P{Han}',
    summary: 'Unicode properties and scripts.',
    example: { pattern: '\\p{Lu}', text: 'aB', finds: 'B' },
  },
  {
    construct: '\\x{202E} \\x41 \\101 \\cA',
    summary: 'Characters by number.',
    example: { pattern: '\\x{41}', text: 'A', finds: 'A' },
  },
  {
    construct: '\\Q...\\E',
    summary: 'Literal text.',
    example: { pattern: '\\Qa.b\\E', text: 'axb a.b', finds: 'a.b' },
  },
  {
    construct: '*? +? {1,3}?',
    summary: 'Lazy repeats.',
    example: { pattern: '<.+?>', text: '<a><b>', finds: '<a>' },
  },
  {
    construct: '*+ ++ (?>...)',
    summary: 'Possessive repeats and atomic groups.',
    example: { pattern: 'a++b', text: 'aab', finds: 'aab' },
  },
  {
    construct: '(?=...) (?!...) (?<=...) (?<!...)',
    summary: 'Look-around; a lookbehind has a fixed length in each branch.',
    example: { pattern: '(?<=/)\\w+', text: 'a/b', finds: 'b' },
  },
  {
    construct: '\\1 \\g{-1} \\k<n> (?P=n)',
    summary: 'Back-references.',
    example: { pattern: '(\\w)\\1', text: 'hello', finds: 'll' },
  },
  {
    construct: '(?#...)',
    summary: 'Comments.',
    example: { pattern: 'a(?# first)b', text: 'ab', finds: 'ab' },
  },
  { construct: '(?R) (?1) (?&name)', summary: 'Recursion.', example: { refused: '(?R)' } },
  { construct: '(?(1)a|b)', summary: 'Conditional groups.', example: { refused: '(a)?(?(1)b|c)' } },
  { construct: '(?|...)', summary: 'Branch reset.', example: { refused: '(?|(a)|(b))' } },
  {
    construct: '\\K \\G \\X \\C',
    summary: 'Escapes that move the match or read bytes or graphemes.',
    example: { refused: 'a\\Kb' },
  },
  { construct: '(*SKIP)', summary: 'Verbs.', example: { refused: 'a(*SKIP)b' } },
];
