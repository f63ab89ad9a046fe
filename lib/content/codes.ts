/**
 * Every complaint that loading and linking content can make: its severity and what it means.
 *
 * `error` is kept for a file that cannot become a page. Everything else is a warning and the page is made, because a
 * catalog of thousands of files always has a few with a mistyped key, and a reader is served better by a page with a
 * note than by no page.
 */
import type { Severity } from '../text/diagnostic.ts';

interface Code {
  severity: Severity;
  meaning: string;
}

export const codes = {
  'content-folder-missing': {
    severity: 'error',
    meaning: 'A content folder that was asked for does not exist or cannot be read.',
  },
  'file-unreadable': { severity: 'error', meaning: 'The operating system refused to read the file.' },
  'file-too-large': { severity: 'error', meaning: 'The file is larger than a content file may be.' },
  'file-empty': { severity: 'error', meaning: 'The file holds no YAML at all.' },
  'not-utf8': {
    severity: 'warning',
    meaning: 'The file has bytes that are not UTF-8; they are shown as replacement characters.',
  },
  'symlink-outside': {
    severity: 'info',
    meaning: 'A symbolic link leads out of its content folder and was not followed.',
  },
  'file-unrecognised': {
    severity: 'info',
    meaning: 'A YAML file that is none of the kinds of content; it was skipped.',
  },
  'yaml-syntax': { severity: 'error', meaning: 'The file is not YAML that can be read.' },
  'yaml-indentation': {
    severity: 'warning',
    meaning:
      'A quoted text continues on a line that is indented less than the key it belongs to. Some YAML readers ' +
      'accept that, the YAML specification does not; it was read as if indented.',
  },
  'yaml-duplicate-key': {
    severity: 'warning',
    meaning: 'A key is written twice in one mapping; the last one counts.',
  },
  'yaml-alias-expansion': {
    severity: 'error',
    meaning: 'Aliases of the file expand to more nodes than content can need.',
  },
  'yaml-several-documents': {
    severity: 'warning',
    meaning: 'A content file holds more than one YAML document; the first one counts.',
  },
  'not-a-mapping': { severity: 'error', meaning: 'The file is YAML but not a mapping of keys to values.' },
  'name-missing': { severity: 'error', meaning: 'The object has no name, so it cannot have a page.' },
  'unknown-key': {
    severity: 'warning',
    meaning: 'A key that this kind and generation of file does not have.',
  },
  'missing-field': { severity: 'warning', meaning: 'A key that this kind and generation of file must have.' },
  'wrong-type': { severity: 'warning', meaning: 'A value of another type than the key takes.' },
  'bad-enum': { severity: 'warning', meaning: 'A value outside the fixed set that the key takes.' },
  'bad-format': {
    severity: 'warning',
    meaning: 'A value that is not written as the key wants it: a UUID, a date, a URL, a technique ID.',
  },
  'bad-value': { severity: 'warning', meaning: 'A value out of range, or a list that must not be empty.' },
  'duplicate-id': {
    severity: 'warning',
    meaning: 'Two objects have the same ID; the first by path keeps the addresses.',
  },
  'duplicate-name': {
    severity: 'warning',
    meaning: 'Two objects of one kind have the same name; references mean the first by path.',
  },
  'unknown-reference': {
    severity: 'warning',
    meaning:
      'A name that nothing in the catalog has: a story, macro, lookup, data source, detection, response action ...',
  },
  'reference-case': {
    severity: 'warning',
    meaning: 'A name that matches an object only when letter case is ignored; it was linked.',
  },
  'unknown-technique': {
    severity: 'warning',
    meaning: 'A technique ID that the pinned ATT&CK version does not have.',
  },
  'superseded-technique': {
    severity: 'warning',
    meaning: 'A technique ID that ATT&CK has revoked or deprecated.',
  },
  'unknown-mitigation': {
    severity: 'warning',
    meaning: 'The ID of a mitigation that the pinned ATT&CK version does not have.',
  },
  'unknown-atomic-test': {
    severity: 'warning',
    meaning: 'A GUID that is not a test of Atomic Red Team.',
  },
  'macro-arguments': {
    severity: 'warning',
    meaning: 'A macro is called with another number of arguments than it has.',
  },
  'macro-cycle': { severity: 'warning', meaning: 'A macro uses itself, directly or through others.' },
  'search-unreadable': {
    severity: 'warning',
    meaning: 'The search could not be parsed; what is derived from it is left out.',
  },
  'csv-missing': { severity: 'warning', meaning: 'The CSV file of a lookup is not there.' },
  'csv-unreadable': { severity: 'warning', meaning: 'The CSV file of a lookup could not be read as CSV.' },
  'test-without-detection': {
    severity: 'warning',
    meaning: 'A test file names a detection file that the catalog does not have.',
  },
  'address-unknown': {
    severity: 'warning',
    meaning: '`addresses.yml` pins the address of an ID that nothing has.',
  },
  'address-unusable': {
    severity: 'warning',
    meaning: '`addresses.yml` has a slug that cannot be part of an address.',
  },
  'address-taken': {
    severity: 'warning',
    meaning: '`addresses.yml` gives an address to two objects; the first keeps it.',
  },
} as const satisfies Record<string, Code>;

export type ContentCode = keyof typeof codes;
