/** The documents of each value of each key of the query language. */
import { FIELDS } from './fields.ts';
import { type Clause, comparable, holdsOne, KEYS, type KeyType } from './query.ts';
import type { Shards } from './shards/decode.ts';
import { Inverted } from './shards/inverted.ts';
import { KINDS } from './shards/regular.ts';
import type { Texts } from './texts.ts';
import { plain } from './tokenise.ts';

const FALSE_POSITIVES = FIELDS.indexOf('false_positives');

interface Value {
  /** As it is written. */
  text: string;
  /** Numbers, ascending, each once. */
  documents: Uint32Array;
}

export class Facets {
  /** By key, then value as it is compared; made when first asked for. */
  private readonly byKey = new Map<string, Map<string, Value>>();

  /** By document, as they are compared; made when first asked for. */
  private falsePositives: string[] | undefined;

  constructor(
    private readonly shards: Shards,
    private readonly texts: Texts,
  ) {}

  /** Whether any document has a value for the key. */
  has(key: string): boolean {
    return this.of(key).size > 0;
  }

  /** Values of a key as they are written, with the number of documents that have each. */
  *valuesOf(key: string): Iterable<{ value: string; count: number }> {
    for (const { text, documents } of this.of(key).values()) yield { value: text, count: documents.length };
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
    const mark = (documents: Uint32Array) => {
      for (let at = 0; at < documents.length; at++) into[documents[at]!] = 1;
    };
    const values = this.of(key!);
    if (type === 'exact') {
      mark(values.get(wanted)?.documents ?? new Uint32Array());
      return;
    }
    for (const [has, { documents }] of values) if (holdsOne(type, operator, has, wanted)) mark(documents);
  }

  private of(key: string): Map<string, Value> {
    let values = this.byKey.get(key);
    if (!values) {
      values = this.read(key);
      this.byKey.set(key, values);
    }
    return values;
  }

  private read(key: string): Map<string, Value> {
    const found = new Map<string, Value>();
    const column = key === 'kind' ? kindsOf(this.shards) : this.shards.columns.get(key);
    if (!column) return found;
    const { starts, ends, documents } = new Inverted(column.lists, column.values.length);
    column.values.forEach((text, number) => {
      if (starts[number] === ends[number]) return;
      const own = documents.subarray(starts[number], ends[number]);
      const compared = comparable(KEYS[key]!, text);
      const known = found.get(compared);
      if (!known) {
        found.set(compared, { text, documents: own });
        return;
      }
      // Of several spellings, the one that comes first.
      if (own[0]! < known.documents[0]!) known.text = text;
      known.documents = Uint32Array.from(new Set([...known.documents, ...own])).sort();
    });
    return found;
  }
}

function kindsOf({ kinds }: Shards) {
  const starts = Uint32Array.from({ length: kinds.length + 1 }, (_, document) => document);
  return { values: [...KINDS], lists: { starts, numbers: Uint32Array.from(kinds) } };
}
