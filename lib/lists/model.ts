/**
 * A list as the build writes it for the page that works on it: columns instead of objects, every distinct value once.
 * Ten thousand rows are a file that a browser reads in one go and filters in memory.
 */

/** Raised with every change that a page of an older build would misread. */
export const LIST_FORMAT = 1;

export interface ListFile {
  format: number;
  /** First segment of the addresses of its rows: `detections`. */
  list: string;
  /** What one row is called, and several. */
  noun: [one: string, several: string];
  /** Version of ATT&CK that technique IDs are of. */
  attackVersion: string;
  /** In the order of the list. */
  names: string[];
  /** Last segment of each row's address; 0 where it is `plainSlug` of the name, as it mostly is. */
  slugs: (string | 0)[];
  fields: FieldFile[];
  needs?: NeedsFile;
  /** Address of the rows' IDs (UUIDs), an empty text where a row has none; only what is taken away needs them. */
  ids?: string;
  /** Present where the rows were written in YAML: addresses of their texts, each of `rows` rows in order. */
  yaml?: { rows: number; addresses: string[] };
}

export type FieldFile = ValuesFile | NumbersFile | TextsFile;

interface FieldBase {
  /** Also the key of the facet in an address. */
  key: string;
  label: string;
  /** Whether a table shows it as a column at first; absent: never a column. */
  column?: 'shown' | 'hidden';
}

/** Any number of values per row, out of few. */
export interface ValuesFile extends FieldBase {
  kind: 'values';
  /** Open or folded at first; absent: nothing to choose by. */
  facet?: 'open' | 'folded';
  /** As they stand in addresses and exports. In their own order where `ordered`, otherwise the most frequent first. */
  values: string[];
  /** What readers see, where that is not the value itself; as long as `values`. */
  labels?: string[];
  /** By value, the more general one that it belongs to (a sub-technique's technique), or -1. */
  parents?: number[];
  ordered?: true;
  /** Values with a page of their own, at `/<links>/<value in lower case>/`. Those without a label have none. */
  links?: string;
  /** How many values each row has, and all of them, row after row, as indexes. */
  per: number[];
  flat: number[];
}

export interface NumbersFile extends FieldBase {
  kind: 'numbers';
  /** A date is the number YYYYMMDD. */
  as: 'number' | 'date';
  /** -1: the row has none. */
  numbers: number[];
}

export interface TextsFile extends FieldBase {
  kind: 'texts';
  texts: string[];
}

/** Which data sources each row works with: any of its alternatives, of each all sources. */
export interface NeedsFile {
  sources: SourceFile[];
  /** Indexes of sources. */
  alternatives: number[][];
  per: number[];
  flat: number[];
}

export interface SourceFile {
  /** As it stands in addresses and in the browser's memory. */
  key: string;
  name: string;
  group: string;
}

/** A name as most addresses have it. */
export function plainSlug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** One row's YAML: its path in its content folder, and the text. */
export type YamlText = [path: string, text: string];
