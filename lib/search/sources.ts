/** What terms are made of: the distinct words and values of the shards that are there, and the documents that have each. */
import { FIELDS, keysOf, type TextField } from './fields.ts';
import type { Lists, Shards } from './shards/decode.ts';
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
    const columns = [...shards.texts].map(([field, lists]) => columnOf(lists, () => [field]));
    sources.push({ running: true, size: tokens.length, textOf: (number) => tokens[number]!, columns });
  }
  sources.push({
    size: tokens.length,
    textOf: (number) => namePart(tokens[number]!),
    columns: [columnOf(shards.names, () => ['name'])],
  });
  for (const part of ['id', 'file'] as const) {
    const ids = { size: rows.length, textOf: (document: number) => rows[document]![part]! };
    const lists = ownLists(rows.map((row) => row[part] !== undefined));
    sources.push({ ...ids, columns: [columnOf(lists, () => ['ids'])] });
  }
  for (const [key, { values, lists }] of shards.columns) {
    const fields = (kind: (typeof KINDS)[number]) =>
      FIELDS.filter((field) => keysOf(kind, field).includes(key));
    if (!KINDS.some((kind) => fields(kind).length > 0)) continue;
    const textOf = (number: number) => texts.valueText(key, values[number]!);
    sources.push({ size: values.length, textOf, columns: [columnOf(lists, fields)] });
  }
  return sources;
}

function columnOf(lists: Lists, fieldsOf: (kind: (typeof KINDS)[number]) => TextField[]): Column {
  const fieldOfKind = Int8Array.from(KINDS, (kind) => {
    const [field] = fieldsOf(kind);
    return field === undefined ? -1 : FIELDS.indexOf(field);
  });
  return { lists, fieldOfKind };
}

/** Each document that has a text of its own has the one with its number. */
function ownLists(has: readonly boolean[]): Lists {
  const starts = new Uint32Array(has.length + 1);
  has.forEach((own, document) => {
    starts[document + 1] = starts[document]! + Number(own);
  });
  const numbers = Uint32Array.from(has.flatMap((own, document) => (own ? document : [])));
  return { starts, numbers };
}
