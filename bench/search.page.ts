/** Page side of the search measurement: opens an engine as a reader's page does, and asks it. */
import { create, load, type RawData, search as searchOrama } from '@orama/orama';
import Fuse from 'fuse.js';
import lunr from 'lunr';
import MiniSearch from 'minisearch';
import { FIELDS } from '../lib/search/fields.ts';
import { SearchSession } from '../lib/search/session.ts';
import { BOOSTS, type FlatDocument } from './search.documents.ts';

/** Addresses of the first ten. `first` is told as soon as anything is there. */
type Search = (query: string, first?: () => void) => Promise<string[]>;

const json = async (address: string) => (await fetch(address)).json();
const LIMIT = 10;
/** Milliseconds between two keystrokes. */
const PAUSE = 30;

const OPEN: Record<string, () => Promise<Search>> = {
  sightline: async () => {
    const session = new SearchSession(
      async (tier) => {
        const response = await fetch(`/search/${tier}.bin`);
        return new Uint8Array(await response.arrayBuffer());
      },
      (work) => void setTimeout(work, 15),
    );
    return async (query, first) => {
      let found: string[] = [];
      await session.query(query, LIMIT, ({ results }) => {
        first?.();
        found = results.map(({ address }) => address);
      });
      return found;
    };
  },
  minisearch: async () => {
    const [addresses, text] = await Promise.all([
      json('/addresses.json') as Promise<string[]>,
      fetch('/index.json').then((response) => response.text()),
    ]);
    const index = MiniSearch.loadJSON(text, { fields: [...FIELDS] });
    const options = {
      prefix: true,
      fuzzy: (term: string) => (term.length > 3 ? 0.2 : false),
      combineWith: 'AND' as const,
      boost: BOOSTS,
    };
    return async (query) =>
      index
        .search(query, options)
        .slice(0, LIMIT)
        .map(({ id }) => addresses[id]!);
  },
  lunr: async () => {
    const [addresses, raw] = await Promise.all([
      json('/addresses.json') as Promise<string[]>,
      json('/index.json') as Promise<object>,
    ]);
    const index = lunr.Index.load(raw);
    return async (query) => {
      const found = index.query((into) => {
        // An empty token and a `*` of somebody's query, which would be a wildcard, make lunr 2.3.9 throw.
        for (const token of lunr.tokenizer(query.replaceAll('*', ' ')).map(String).filter(Boolean)) {
          into.term(token, { boost: 10 });
          into.term(token, { wildcard: lunr.Query.wildcard.TRAILING });
          if (token.length > 3) into.term(token, { editDistance: 1 });
        }
      });
      return found.slice(0, LIMIT).map(({ ref }) => addresses[Number(ref)]!);
    };
  },
  orama: async () => {
    const [addresses, raw] = await Promise.all([
      json('/addresses.json') as Promise<string[]>,
      json('/index.json') as Promise<RawData>,
    ]);
    const index = create({ schema: Object.fromEntries(FIELDS.map((field) => [field, 'string' as const])) });
    load(index, raw);
    return async (query) => {
      const { hits } = await searchOrama(index, { term: query, tolerance: 1, limit: LIMIT, boost: BOOSTS });
      return hits.map(({ id }) => addresses[Number(id)]!);
    };
  },
  fuse: async () => {
    const [addresses, documents] = await Promise.all([
      json('/addresses.json') as Promise<string[]>,
      json('/index.json') as Promise<FlatDocument[]>,
    ]);
    const keys = FIELDS.map((name) => ({ name, weight: BOOSTS[name] }));
    const index = new Fuse(documents, { keys, ignoreLocation: true, threshold: 0.3 });
    return async (query) => index.search(query, { limit: LIMIT }).map(({ item }) => addresses[item.id]!);
  },
  pagefind: async () => {
    const address = '/pagefind/pagefind.js';
    const pagefind = await import(address);
    return async (query) => {
      const { results } = await pagefind.search(query);
      const data = await Promise.all(
        results.slice(0, LIMIT).map((result: { data(): Promise<{ raw_url: string }> }) => result.data()),
      );
      return data.map(({ raw_url }) => raw_url);
    };
  },
};

let search: Search;
/** Queries that the engine threw on; each counts as one without an answer. */
let thrown = 0;

async function answered(query: string): Promise<string[]> {
  try {
    return await search(query);
  } catch {
    thrown += 1;
    return [];
  }
}

Object.assign(window, {
  /** Milliseconds from nothing loaded to the first results. */
  async cold(engine: string, query: string): Promise<number> {
    const started = performance.now();
    search = await OPEN[engine]!();
    let first: number | undefined;
    await search(query, () => {
      first ??= performance.now() - started;
    });
    return first ?? performance.now() - started;
  },
  find: answered,
  thrown: () => thrown,
  /** Milliseconds of each query. */
  async times(queries: string[]): Promise<number[]> {
    const times: number[] = [];
    for (const query of queries) {
      // Nobody types faster; an engine may use the pauses.
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      const started = performance.now();
      await answered(query);
      times.push(performance.now() - started);
    }
    return times;
  },
});
