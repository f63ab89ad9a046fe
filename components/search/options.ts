/** What the palette offers for a text, in groups, as one list that the arrow keys go through. */

import type { SearchAnswer, SearchResult } from '../../lib/search/protocol.ts';
import { KEYS } from '../../lib/search/query.ts';
import { nearestNames } from '../../lib/text/nearest.ts';
import type { Recent } from './recent.ts';
import type { SearchState } from './use-search.ts';

export interface Option {
  /** Unique in the list, and the same from one answer to the next. */
  id: string;
  group: string;
  label: string;
  /** Kind of thing, or what choosing it does. */
  note?: string;
  count?: number;
  result?: SearchResult;
  /** Where it leads, without base path. */
  address?: string;
  /** What it makes of the query, and where the caret is then. */
  query?: { text: string; caret: number };
}

export interface Place {
  label: string;
  address: string;
}

const MOST_COMPLETIONS = 6;

export function optionsFor(
  text: string,
  { answer, completions }: SearchState,
  places: readonly Place[],
  recent: readonly Recent[],
): Option[] {
  if (text.trim() === '') return [...recent.map(ofRecent), ...places.map(ofPlace)];
  const current = answer?.query === text ? answer : undefined;
  return [
    ...(current ? corrections(text, current) : []),
    ...(completions?.items ?? []).slice(0, MOST_COMPLETIONS).map((item): Option => {
      const before = text.slice(0, completions!.from) + item.text;
      const after = text.slice(completions!.to);
      const closed = item.text.endsWith(':') || after.startsWith(' ') ? before : `${before} `;
      return {
        id: `complete ${item.text}`,
        group: 'Complete the query',
        label: item.label,
        ...(item.note && { note: item.note }),
        ...(item.count !== undefined && { count: item.count }),
        query: { text: closed + after, caret: closed.length },
      };
    }),
    ...(answer?.results ?? []).map(ofResult),
    ...(answer ? further(text, answer) : []),
    ...places
      .filter(
        ({ label, address }) =>
          label.toLowerCase().startsWith(text.trim().toLowerCase()) &&
          !answer?.results.some((result) => result.address === address),
      )
      .map(ofPlace),
  ];
}

/** The option that Enter takes while the arrow keys were not used: the best result, where there is one. */
export function firstChoice(options: readonly Option[]): Option | undefined {
  return (
    options.find(({ group }) => group === 'Did you mean') ??
    options.find(({ result }) => result) ??
    options[0]
  );
}

/** Where a rule can be tried on one's own events. */
export function testerOf({ kind, address }: SearchResult): string | undefined {
  return kind === 'detection' ? `${address}#try` : undefined;
}

/** A mistyped key of the query, mended. */
function corrections(text: string, { diagnostics }: SearchAnswer): Option[] {
  return diagnostics.flatMap(({ code, range }) => {
    if (code !== 'query-key-unknown' || !range) return [];
    const [, minus, key, rest] = /^(-?)([a-z_]+)(.*)$/is.exec(text.slice(range.start, range.end)) ?? [];
    const [near] = nearestNames(key?.toLowerCase() ?? '', Object.keys(KEYS), 1);
    if (!near) return [];
    const clause = `${minus}${near}${rest}`;
    const mended = text.slice(0, range.start) + clause;
    return {
      id: `mend ${clause}`,
      group: 'Did you mean',
      label: clause,
      note: `There is no key ${key}`,
      query: { text: mended + text.slice(range.end), caret: mended.length },
    };
  });
}

/** What can be done with all that was found, and with the best rule of it. */
function further(text: string, { total, results }: SearchAnswer): Option[] {
  const rule = results.find(testerOf);
  const list: Option[] =
    total > results.length
      ? [
          {
            id: 'list',
            group: 'More',
            label: 'Detections that match, as a list',
            note: 'with filters and exports',
            address: `/detections/?q=${encodeURIComponent(text)}`,
          },
        ]
      : [];
  if (!rule) return list;
  const run: Option = {
    id: 'run',
    group: 'More',
    label: `Run “${rule.name}” on my log`,
    note: 'opens its tester',
    address: testerOf(rule)!,
  };
  return [run, ...list];
}

function ofResult(result: SearchResult): Option {
  return {
    id: `result ${result.address}`,
    group: 'Results',
    label: result.name,
    note: result.kind.replaceAll('_', ' '),
    result,
    address: result.address,
  };
}

function ofPlace({ label, address }: Place): Option {
  return { id: `place ${address}`, group: 'Go to', label, note: 'page', address };
}

function ofRecent({ label, address }: Recent): Option {
  return {
    id: `recent ${address ?? ''} ${label}`,
    group: 'Recent',
    label,
    note: address ? 'page' : 'query',
    ...(address ? { address } : { query: { text: label, caret: label.length } }),
  };
}
