/** What the measurement uses of lunr, which brings no types. */
declare module 'lunr' {
  interface Query {
    term(term: string, options: { boost?: number; wildcard?: number; editDistance?: number }): void;
  }
  interface Index {
    query(build: (query: Query) => void): { ref: string }[];
    toJSON(): object;
  }
  interface Builder {
    ref(name: string): void;
    field(name: string, options: { boost: number }): void;
    add(document: object): void;
  }
  interface Lunr {
    (build: (this: Builder) => void): Index;
    Index: { load(json: object): Index };
    Query: { wildcard: { TRAILING: number } };
    tokenizer(text: string): { toString(): string }[];
  }
  const lunr: Lunr;
  export default lunr;
}
