import { bin } from './bin.ts';
import { convert } from './convert.ts';
import { datamodel, from } from './datamodel.ts';
import { evaluate, head } from './evaluate.ts';
import { fields, rename, table } from './fields.ts';
import { fillnull } from './fill.ts';
import { nothing } from './nothing.ts';
import { dedup, reverse, sort, tail } from './order.ts';
import { stats } from './stats.ts';

/**
 * What runs the commands that most detections are made of, under the names that `lib/spl/commands` gives them.
 * `search`, `where`, `tstats` and `mstats` are not here: the planner turns them into scans, filters and aggregates.
 */
export const BASIC_COMMANDS = {
  bin,
  convert,
  datamodel,
  dedup,
  eval: evaluate,
  eventstats: stats,
  fieldformat: evaluate,
  fields,
  fillnull,
  from,
  head,
  highlight: nothing,
  into: nothing,
  localop: nothing,
  nop: nothing,
  rename,
  require: nothing,
  reverse,
  select: table,
  sort,
  stats,
  table,
  tail,
} as const;
