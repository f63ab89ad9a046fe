import type { CommandStage } from '../../syntax/ast.ts';
import { bin } from './bin.ts';
import { chart, top } from './chart.ts';
import { append, join } from './combine.ts';
import type { Command } from './command.ts';
import { convert } from './convert.ts';
import { datamodel, from } from './datamodel.ts';
import { evaluate, head } from './evaluate.ts';
import { apply, iplocation, passedOver, sideEffect } from './external.ts';
import { fields, rename, table } from './fields.ts';
import { filldown, fillnull } from './fill.ts';
import { inputlookup, lookup, outputlookup } from './lookup.ts';
import { nothing, transpose, uniq } from './misc.ts';
import { makemv, mvcombine, mvexpand, nomv } from './multivalue.ts';
import { dedup, reverse, sort, tail } from './order.ts';
import { accum, addinfo, addtotals, autoregress, delta, fieldsummary, untable, xyseries } from './reshape.ts';
import { regex, rex } from './rex.ts';
import { stats } from './stats.ts';
import { extract, fromjson, multikv, spath, tojson, xmlkv, xpath } from './structured.ts';
import { foreach, map } from './substitute.ts';
import { format, makeresults, rangemap, replace, returnRows, strcat } from './text.ts';
import { transaction } from './transaction.ts';

/**
 * What runs each command, under the name that `lib/spl/commands` gives it. `search`, `where`, `tstats` and `mstats` are
 * not here: the planner turns them into scans, filters and aggregates. A name that is in neither stops a run.
 */
const IMPLEMENTATIONS = {
  accum,
  addcoltotals: addtotals,
  addinfo,
  addtotals,
  anomalydetection: passedOver,
  append,
  appendcols: append,
  appendpipe: append,
  apply,
  autoregress,
  bin,
  chart,
  collect: sideEffect,
  convert,
  datamodel,
  dedup,
  delta,
  eval: evaluate,
  eventstats: stats,
  extract,
  fieldformat: evaluate,
  fields,
  fieldsummary,
  filldown,
  fillnull,
  foreach,
  format,
  from,
  fromjson,
  head,
  highlight: nothing,
  inputcsv: inputlookup,
  inputlookup,
  into: nothing,
  iplocation,
  join,
  localop: nothing,
  lookup,
  makemv,
  makeresults,
  map,
  multikv,
  multisearch: append,
  mvcombine,
  mvexpand,
  nomv,
  nop: nothing,
  outlier: passedOver,
  outputcsv: outputlookup,
  outputlookup,
  rangemap,
  rare: top,
  regex,
  rename,
  replace,
  require: nothing,
  return: returnRows,
  reverse,
  rex,
  select: table,
  sendalert: sideEffect,
  sendemail: sideEffect,
  set: append,
  sort,
  spath,
  stats,
  strcat,
  streamstats: stats,
  table,
  tail,
  timechart: chart,
  tojson,
  top,
  transaction,
  transpose,
  union: append,
  uniq,
  untable,
  xmlkv,
  xpath,
  xyseries,
} as const;

/** Commands that make rows instead of taking them; what stands before them is not looked at. */
const MAKERS = new Set(['makeresults', 'from', 'datamodel', 'multisearch', 'set']);

export function implementation(name: string): Command | undefined {
  // Every implementation takes the stage shape that the parser gives under its name, which the key guarantees.
  return Object.hasOwn(IMPLEMENTATIONS, name)
    ? (IMPLEMENTATIONS[name as keyof typeof IMPLEMENTATIONS] as unknown as Command<CommandStage>)
    : undefined;
}

export function makesRows(name: string): boolean {
  return MAKERS.has(name);
}

/** Names that run, for the support page. */
export function implementedCommands(): string[] {
  return ['mstats', 'search', 'tstats', 'where', ...Object.keys(IMPLEMENTATIONS)].sort();
}
