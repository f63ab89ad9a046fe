/** The queries of a search that read events: itself, subsearches, SPL2 definitions, and what `map` runs for its rows. */
// The modules themselves: an index would bring a whole engine into a page's worker.
import { prepare } from '../../spl/core.ts';
import type { Prepared } from '../../spl/run/run.ts';
import type { FromStage, MapStage, Query, Stage } from '../../spl/syntax/ast.ts';
import { subsearchesOf, walk } from '../../spl/syntax/walk.ts';

/** Commands whose subsearches work on the rows that come in, not on events. */
export const OVER_ROWS: ReadonlySet<string> = new Set(['foreach', 'appendpipe']);

/** Queries inside a search that read events of their own; undefined where some are texts put together as it runs. */
export function queriesWithin(search: Prepared): Query[] | undefined {
  const { query } = search;
  const { definitions = [] } = query;
  const continued = definitions.length === 0 ? undefined : continuedIn(query);
  const found = definitions.filter(({ assign }) => !continued!.has(assign));
  for (const one of [...definitions, query]) {
    const inner = within(one, search);
    if (inner === undefined) return undefined;
    found.push(...inner);
  }
  return found;
}

function within(query: Query, search: Prepared): Query[] | undefined {
  const found: Query[] = [];
  for (const stage of query.stages) {
    const overRows = stage.kind === 'command' && OVER_ROWS.has(stage.name);
    const queries =
      stage.kind === 'command' && stage.shape === 'map'
        ? mappedBy(stage, search)
        : subsearchesOf(stage).map((subsearch) => subsearch.query);
    for (const inner of queries ?? [undefined]) {
      const own = inner && within(inner, search);
      if (own === undefined) return undefined;
      found.push(...(overRows ? [] : [inner!]), ...own);
    }
  }
  return found;
}

/** The search that `map` runs, with any value in place of a field's; undefined where a value may change what it means. */
function mappedBy(stage: MapStage, { query, macros }: Prepared): Query[] | undefined {
  const option = stage.options.find(({ name }) => name === 'search');
  const template = option?.value.value ?? stage.subsearch?.text;
  if (template === undefined || hasFieldInQuotes(template)) return undefined;
  const inner = prepare(template.replaceAll(FIELD, '"*"'), {
    dialect: query.dialect,
    ...(macros === undefined ? {} : { macros }),
  });
  return inner.diagnostics.some(({ severity }) => severity === 'error') ? undefined : [inner.query];
}

const FIELD = /\$[^$\s]+\$/g;

/** A value is put in with quotes of its own: between others it would stand outside them. */
function hasFieldInQuotes(template: string): boolean {
  return [...template.matchAll(FIELD)].some(({ index }) => {
    const before = template.slice(0, index).replaceAll(/\\./g, '');
    return (before.split('"').length - 1) % 2 === 1;
  });
}

/** SPL2 definitions that others go on from and nobody else asks for: what they read, those read. */
function continuedIn({ definitions = [], stages }: Query): ReadonlySet<string | undefined> {
  const heads = new Set<string | undefined>();
  const others = new Set<string>();
  for (const one of [...definitions.map((query) => query.stages), stages]) {
    const [first, ...rest] = one;
    if (first !== undefined && isVariable(first)) heads.add(nameOf(first.dataset.value));
    else if (first !== undefined) rest.unshift(first);
    walk(rest, (node) => {
      if (node.kind === 'text') others.add(nameOf((node as unknown as { value: string }).value));
    });
  }
  return new Set([...heads].filter((name) => name !== undefined && !others.has(name)));
}

export const isVariable = (stage: Stage): stage is FromStage =>
  stage.kind === 'command' && stage.shape === 'from' && stage.type === 'variable';

export const nameOf = (variable: string): string => variable.replace(/^\$/, '');
