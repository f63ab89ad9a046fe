import { useEffect, useMemo, useRef, useState } from 'react';
import { type Bits, noBits, setBit } from '../../../lib/lists/bits.ts';
import {
  type Constraint,
  type Filtered,
  filterRows,
  rowsWithAny,
  rowsWithData,
} from '../../../lib/lists/filter.ts';
import type { ListData } from '../../../lib/lists/open.ts';
import { orderRows, type Sort } from '../../../lib/lists/order.ts';
import type { ListState } from '../../../lib/lists/state.ts';
import { matchAddresses, matchWords, type TextMatch } from '../../../lib/lists/words.ts';
import type { FoundAddresses } from '../../../lib/search/protocol.ts';
import type { Range } from '../../../lib/text/diagnostic.ts';

/** Answers a text, as the site's search does. */
export type FindText = (text: string) => Promise<FoundAddresses>;

/** What the search says when no document has all of a query, and it gives those that have most of it. */
const PARTLY_MET = 'query-partly-met';

export interface Rows {
  filtered: Filtered;
  /** What remains, in its order. */
  ordered: Uint32Array;
  sort: Sort;
  /** The search still looks: what is here are the words of names and values. */
  looking: boolean;
  /** The search could not look at everything. */
  partial: boolean;
  /** What the search has to say about the query, such as a key that there is not. */
  notes: readonly string[];
  /** Where the text says something that nothing on this site has. */
  nowhere: Range | undefined;
}

/** Keys of constraints that are no facet's. */
export const TEXT = 'q';
export const HAVE = 'have';
export const ONLY = 'only';

export function useRows(data: ListData, state: ListState, find?: FindText): Rows {
  const { match, looking, partial, notes, nowhere } = useTextMatch(data, state.text.trim(), find);
  const { chosen, have, only } = state;
  const filtered = useMemo(() => {
    const constraints: Constraint[] = data.facets.flatMap((field) => {
      const { key } = field.file;
      const values = chosen[key];
      if (!values) return [];
      return {
        key,
        bits: rowsWithAny(
          field,
          values.flatMap((value) => field.indexOf.get(value) ?? []),
        ),
      };
    });
    if (match) constraints.push({ key: TEXT, bits: match.rows });
    if (have && data.needs) constraints.push({ key: HAVE, bits: rowsWithData(data.needs, new Set(have)) });
    if (only) constraints.push({ key: ONLY, bits: rowsOfSlugs(data, only) });
    return filterRows(data.rows, constraints);
  }, [data, chosen, have, only, match]);
  const sort = useMemo(
    () => state.sort ?? { key: match ? 'relevance' : 'name', descending: false },
    [state.sort, match],
  );
  const ordered = useMemo(
    () => orderRows(data, filtered.rows, sort, match?.rank),
    [data, filtered, sort, match],
  );
  return { filtered, ordered, sort, looking, partial, notes, nowhere };
}

const NO_NOTES: readonly string[] = [];

/** Milliseconds that a search which has answered before is waited for: it mostly takes a few. */
const PATIENCE = 80;

/**
 * Words are matched at once; what the search finds takes their place when it is there. Where it finds nothing that has
 * all of the query, the words' answer stands: rows that have some of what was asked for are no part of this list.
 * Once the search has shown that it answers, the rows before stay until it does, so that they change once, not twice.
 */
function useTextMatch(data: ListData, text: string, find: FindText | undefined) {
  const [found, setFound] = useState<{
    text: string;
    match?: TextMatch;
    complete: boolean;
    notes: string[];
    nowhere?: Range;
  }>();
  useEffect(() => {
    if (!find || !text) return;
    let current = true;
    find(text).then(
      ({ addresses, complete, diagnostics }) => {
        if (!current) return;
        const partly = diagnostics.find(({ code }) => code === PARTLY_MET);
        const notes = diagnostics.filter(({ code }) => code !== PARTLY_MET).map(({ message }) => message);
        const answer = partly ? { nowhere: partly.range } : { match: matchAddresses(data, addresses) };
        setFound({ text, complete, notes, ...answer });
      },
      () => current && setFound({ text, complete: false, notes: [] }),
    );
    return () => {
      current = false;
    };
  }, [data, text, find]);
  const answer = found?.text === text ? found : undefined;
  const waiting = useWaiting(text, found?.complete === true && answer === undefined);
  const words = useMemo(
    () => (text && !waiting && !answer?.match ? matchWords(data, text) : undefined),
    [data, text, waiting, answer],
  );
  const before = useRef<TextMatch>(undefined);
  const match = waiting ? before.current : text ? (answer?.match ?? words) : undefined;
  before.current = match;
  return {
    match,
    looking: find !== undefined && text !== '' && answer === undefined,
    partial: answer?.complete === false,
    notes: answer?.notes ?? NO_NOTES,
    nowhere: answer?.nowhere,
  };
}

/** True for a little while after the text changed, where it is worth to wait. */
function useWaiting(text: string, worth: boolean): boolean {
  const [over, setOver] = useState('');
  const waits = worth && text !== '' && over !== text;
  useEffect(() => {
    if (!waits) return;
    const later = setTimeout(() => setOver(text), PATIENCE);
    return () => clearTimeout(later);
  }, [text, waits]);
  return waits;
}

function rowsOfSlugs(data: ListData, slugs: readonly string[]): Bits {
  const bits = noBits(data.rows);
  for (const slug of slugs) {
    const row = data.rowOfAddress.get(`/${data.file.list}/${slug}/`);
    if (row !== undefined) setBit(bits, row);
  }
  return bits;
}
