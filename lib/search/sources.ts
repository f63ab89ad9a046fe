/** What terms are made of: the distinct words and values of the shards that are there, and the documents that have each. */
import type { DocumentKind } from './documents.ts';
import { FIELDS, keysOf, type TextField } from './fields.ts';
import type { Lists, Row, Shards } from './shards/decode.ts';
import { KINDS } from './shards/regular.ts';
import { namePart } from './shards/tokens.ts';
import type { Texts } from './texts.ts';

/** Documents that have the texts of a source, each in one of its fields. */
export interface Column {
  /** Numbers of texts by document. */
  lists: Lists;
  /** By number of a document's kind: the field that the texts stand in; -1 where they are no part of its text. */
  fieldOfKind: Int8Array;
}

export interface Source {
  /** Its texts are the tokens of running texts. */
  running?: true;
  /** How many texts it has, by number. */
  size: number;
  textOf(number: number): string;
  columns: Column[];
}

export function sourcesOf(shards: Shards, texts: Texts): Source[] {
  const { rows, tokens } = shards;
  const sources: Source[] = [];
  if (shards.texts.size > 0) {
    const columns = [...shards.texts].map(([field, lists]) => columnOf(lists, () => field));
    sources.push({ running: true, size: tokens.length, textOf: (number) => tokens[number]!, columns });
  }
  sources.push({
    size: tokens.length,
    textOf: (number) => namePart(tokens[number]!),
    columns: [columnOf(shards.names, () => 'name')],
  });
  for (const part of ['id', 'file'] as const) {
    const ids = { size: rows.length, textOf: (document: number) => rows[document]![part]! };
    const lists = ownLists(rows, part);
    sources.push({ ...ids, columns: [columnOf(lists, () => 'ids')] });
  }
  for (const [key, { values, lists }] of shards.columns) {
    const column = columnOf(lists, (kind) => FIELDS.find((field) => keysOf(kind, field).includes(key)));
    if (column.fieldOfKind.every((field) => field < 0)) continue;
    const textOf = (number: number) => texts.valueText(key, values[number]!);
    sources.push({ size: values.length, textOf, columns: [column] });
  }
  return sources;
}

function columnOf(lists: Lists, fieldOf: (kind: DocumentKind) => TextField | undefined): Column {
  const fieldOfKind = Int8Array.from(KINDS, (kind) => {
    const field = fieldOf(kind);
    return field === undefined ? -1 : FIELDS.indexOf(field);
  });
  return { lists, fieldOfKind };
}

/** Each document that has a text of its own has the one with its number. */
function ownLists(rows: readonly Row[], part: 'id' | 'file'): Lists {
  const starts = new Uint32Array(rows.length + 1);
  const numbers = new Uint32Array(rows.length);
  let length = 0;
  for (let document = 0; document < rows.length; document++) {
    if (rows[document]![part] !== undefined) numbers[length++] = document;
    starts[document + 1] = length;
  }
  return { starts, numbers: numbers.subarray(0, length) };
}
