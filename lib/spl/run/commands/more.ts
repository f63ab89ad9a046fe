import { chart, top } from './chart.ts';
import { append, join } from './combine.ts';
import { apply, iplocation, passedOver, sideEffect } from './external.ts';
import { filldown } from './fill.ts';
import { inputlookup, lookup, outputlookup } from './lookup.ts';
import { transpose, uniq } from './misc.ts';
import { makemv, mvcombine, mvexpand, nomv } from './multivalue.ts';
import { accum, addinfo, addtotals, autoregress, delta, fieldsummary, untable, xyseries } from './reshape.ts';
import { regex, rex } from './rex.ts';
import { streamstats } from './streamstats.ts';
import { extract, fromjson, multikv, spath, tojson, xmlkv, xpath } from './structured.ts';
import { foreach, map } from './substitute.ts';
import { format, makeresults, rangemap, replace, returnRows, strcat } from './text.ts';
import { transaction } from './transaction.ts';

/** Commands that a page loads when a search uses one. */
export const MORE_COMMANDS = {
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
  chart,
  collect: sideEffect,
  delta,
  extract,
  fieldsummary,
  filldown,
  foreach,
  format,
  fromjson,
  inputcsv: inputlookup,
  inputlookup,
  iplocation,
  join,
  lookup,
  makemv,
  makeresults,
  map,
  multikv,
  multisearch: append,
  mvcombine,
  mvexpand,
  nomv,
  outlier: passedOver,
  outputcsv: outputlookup,
  outputlookup,
  rangemap,
  rare: top,
  regex,
  replace,
  return: returnRows,
  rex,
  sendalert: sideEffect,
  sendemail: sideEffect,
  set: append,
  spath,
  strcat,
  streamstats,
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
