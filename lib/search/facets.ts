/** The documents of each value of each key of the query language. */
import { FIELDS } from './fields.ts';
import { type Clause, comparable, holdsOne, KEYS, type KeyType } from './query.ts';
import type { Shards } from './shards/decode.ts';
import type { Texts } from './texts.ts';
import { plain } from './tokenise.ts';

const FALSE_POSITIVES = FIELDS.indexOf('false_positives');

interface Value {
  /** As it is written. */
  text: string;
  /** Numbers, ascending. */
  documents: number[];
}

export class Facets {
  /** By key, then value as it is compared. */
  private readonly byKey = new Map<string, Map<string, Value>>();

  /** By document, as they are compared; made when first asked for. */
  private falsePositives: string[] | undefined;

  constructor(
    private readonly shards: Shards,
    private readonly texts: Texts,
  ) {
    shards.rows.forEach(({ kind }, document) => {
      this.add('kind', kind, document);
    });
    for (const [key, { values, lists }] of shards.columns) {
      for (let document = 0; document < shards.rows.length; document++) {
        for (let at = lists.starts[document]!; at < lists.starts[document + 1]!; at++)
          this.add(key, values[lists.numbers[at]!]!, document);
      }
    }
  }

  /** Whether any document has a value for the key. */
  has(key: string): boolean {
    return this.byKey.has(key);
  }

  /** Values of a key as they are written, with the number of documents that have each. */
  *valuesOf(key: string): Iterable<{ value: string; count: number }> {
    for (const { text, documents } of this.byKey.get(key)?.values() ?? [])
      yield { value: text, count: documents.length };
  }

  /** Sets `into[document]` to 1 for each with a value that the clause asks for; its negation is the caller's. */
  mark({ key, operator, value }: Clause, into: Uint8Array): void {
    const type: KeyType = KEYS[key!]!;
    if (key === 'fp') {
      const wanted = comparable(type, plain(value));
      this.falsePositives ??= this.shards.rows.map((_, document) =>
        comparable(type, this.texts.of(document, FALSE_POSITIVES)),
      );
      this.falsePositives.forEach((has, document) => {
        if (has !== '' && holdsOne(type, operator, has, wanted)) into[document] = 1;
      });
      return;
    }
    const wanted = comparable(type, value);
    const mark = (documents: readonly number[]) => {
      for (const document of documents) into[document] = 1;
    };
    const values = this.byKey.get(key!);
    if (type === 'exact') {
      mark(values?.get(wanted)?.documents ?? []);
      return;
    }
    for (const [has, { documents }] of values ?? [])
      if (holdsOne(type, operator, has, wanted)) mark(documents);
  }

  private add(key: string, value: string, document: number): void {
    const compared = comparable(KEYS[key]!, value);
    const values = this.byKey.get(key) ?? new Map<string, Value>();
    this.byKey.set(key, values);
    const found = values.get(compared);
    if (!found) values.set(compared, { text: value, documents: [document] });
    else if (found.documents.at(-1) !== document) found.documents.push(document);
  }
}
