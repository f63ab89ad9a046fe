/** The documents of each value of each key of the query language. */
import type { SearchDocument } from './documents.ts';
import { type Clause, comparable, holdsOne, KEYS, type KeyType } from './query.ts';

export class Facets {
  /** By key, then value as it is compared: numbers of documents, ascending. */
  private readonly byKey = new Map<string, Map<string, number[]>>();

  constructor(documents: readonly SearchDocument[]) {
    documents.forEach(({ kind, values }, document) => {
      this.add('kind', kind, document);
      for (const [key, list] of Object.entries(values)) {
        for (const value of list) this.add(key, value, document);
      }
    });
  }

  /** Whether any document has a value for the key. */
  has(key: string): boolean {
    return this.byKey.has(key);
  }

  /** Sets `into[document]` to 1 for each with a value that the clause asks for; its negation is the caller's. */
  mark({ key, operator, value }: Clause, into: Uint8Array): void {
    const type: KeyType = KEYS[key!]!;
    const values = this.byKey.get(key!);
    const wanted = comparable(type, value);
    const mark = (documents: readonly number[]) => {
      for (const document of documents) into[document] = 1;
    };
    if (type === 'exact') {
      mark(values?.get(wanted) ?? []);
      return;
    }
    for (const [has, documents] of values ?? []) if (holdsOne(type, operator, has, wanted)) mark(documents);
  }

  private add(key: string, value: string, document: number): void {
    const type = Object.hasOwn(KEYS, key) ? KEYS[key]! : 'exact';
    const compared = comparable(type, value);
    const values = this.byKey.get(key) ?? new Map<string, number[]>();
    this.byKey.set(key, values);
    const list = values.get(compared);
    if (!list) values.set(compared, [document]);
    else if (list.at(-1) !== document) list.push(document);
  }
}
