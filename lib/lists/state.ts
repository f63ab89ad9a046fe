/** All that can be set about a list, and how it stands in an address. */
import type { Sort } from './order.ts';

export interface ListState {
  text: string;
  /** By facet, the values chosen, in the order of choosing. */
  chosen: Readonly<Record<string, readonly string[]>>;
  /** Absent: by relevance where there is a text, else by name. */
  sort?: Sort;
  /** Keys of the columns beside the name; absent: those that are shown at first. */
  columns?: readonly string[];
  dense: boolean;
  /** From 1. */
  page: number;
  /** Keys of data sources that the list is cut to. */
  have?: readonly string[];
  /** Slugs of rows that the list is cut to. */
  only?: readonly string[];
}

export const EMPTY_STATE: ListState = { text: '', chosen: {}, dense: false, page: 1 };

/** Names that an address uses besides facets; a facet of one of these names could not be told from it. */
export const RESERVED = ['q', 'sort', 'columns', 'density', 'page', 'have', 'only'];

/** Reads a query string. What it does not know (another facet, a page that is no number) is left aside. */
export function parseState(query: string, facets: readonly string[]): ListState {
  const parameters = new URLSearchParams(query);
  const list = (name: string) => parameters.get(name)?.split(',').filter(Boolean);
  const chosen: Record<string, string[]> = {};
  for (const facet of facets) {
    const values = [...new Set(parameters.getAll(facet).filter(Boolean))];
    if (values.length > 0) chosen[facet] = values;
  }
  const sort = parameters.get('sort');
  const page = Number(parameters.get('page'));
  return {
    text: parameters.get('q') ?? '',
    chosen,
    ...(sort ? { sort: { key: sort.replace(/^-/, ''), descending: sort.startsWith('-') } } : {}),
    ...optional('columns', list('columns')),
    dense: parameters.get('density') === 'compact',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    ...optional('have', list('have')),
    ...optional('only', list('only')),
  };
}

/** The query string, `?` included, or an empty one. What is as at first is left out, so the same state is one address. */
export function formatState(state: ListState): string {
  const parameters = new URLSearchParams();
  if (state.text.trim()) parameters.set('q', state.text);
  for (const facet of Object.keys(state.chosen).sort()) {
    for (const value of state.chosen[facet]!) parameters.append(facet, value);
  }
  if (state.sort) parameters.set('sort', `${state.sort.descending ? '-' : ''}${state.sort.key}`);
  if (state.columns) parameters.set('columns', state.columns.join(',') || ',');
  if (state.dense) parameters.set('density', 'compact');
  if (state.page > 1) parameters.set('page', String(state.page));
  if (state.have) parameters.set('have', state.have.join(',') || ',');
  if (state.only) parameters.set('only', state.only.join(',') || ',');
  // Commas keep lists legible; they need no escape in a query.
  const text = parameters.toString().replaceAll('%2C', ',');
  return text ? `?${text}` : '';
}

/** The state with a value of a facet chosen, or no longer. */
export function toggled(
  { chosen }: Pick<ListState, 'chosen'>,
  facet: string,
  value: string,
): ListState['chosen'] {
  const values = chosen[facet] ?? [];
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  const { [facet]: _, ...others } = chosen;
  return next.length > 0 ? { ...others, [facet]: next } : others;
}

function optional<Key extends 'columns' | 'have' | 'only'>(key: Key, value: string[] | undefined) {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, string[]>>;
}
