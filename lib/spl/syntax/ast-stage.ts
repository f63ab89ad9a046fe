/** Stages: one interface per shape of arguments, told apart by `shape`. */

import type { Range } from '../../text/diagnostic.ts';
import type { Comment, FieldRef, MacroCall, Node, Option, Subsearch, Text } from './ast.ts';
import type { Aggregation, Assignment, EvalCall, EvalExpr } from './ast-eval.ts';
import type { FieldListCommand, WordsCommand } from './ast-names.ts';
import type { SearchExpr } from './ast-search.ts';

export type Stage = CommandStage | MacroStage | OpaqueStage;

interface StageBase extends Node {
  comments: Comment[];
}
interface CommandBase extends StageBase {
  kind: 'command';
  /** The command name as typed, lower-case, where it is another name of `name` (`bucket` for `bin`). */
  typed?: string;
  nameRange: Range;
  options: Option[];
}

/** A macro call that is a whole stage: `` | `drop_dm_object_name(Processes)` ``. `rest`: text after it in the stage. */
export interface MacroStage extends StageBase {
  kind: 'macro-stage';
  call: MacroCall;
  rest: string;
}
/** An unknown command, or a stage that could not be parsed: its source text, verbatim, without the pipe. */
export interface OpaqueStage extends StageBase {
  kind: 'opaque';
  name: string;
  text: string;
  /** False: the command is known but its arguments were not understood (an error diagnostic says where). */
  unknownCommand: boolean;
}

export type CommandStage =
  | SearchStage
  | WhereStage
  | EvalStage
  | StatsStage
  | TstatsStage
  | ChartStage
  | TopStage
  | FieldsStage
  | FieldListStage
  | RenameStage
  | ConvertStage
  | RexStage
  | RegexStage
  | SpathStage
  | LookupStage
  | LookupFileStage
  | DedupStage
  | SortStage
  | HeadStage
  | TailStage
  | JoinStage
  | AppendStage
  | MapStage
  | ForeachStage
  | BinStage
  | TransactionStage
  | ReplaceStage
  | StrcatStage
  | FormatStage
  | ReturnStage
  | FromStage
  | DatamodelStage
  | IntoStage
  | OptionsStage
  | WordsStage;

/** `search`, and the first stage when no command is named (`implicit`). No expression: matches everything. */
export interface SearchStage extends CommandBase {
  shape: 'search';
  name: 'search';
  implicit: boolean;
  expr?: SearchExpr;
}
export interface WhereStage extends CommandBase {
  shape: 'where';
  name: 'where';
  expr: EvalExpr;
}
export interface EvalStage extends CommandBase {
  shape: 'eval';
  name: 'eval' | 'fieldformat';
  assignments: Assignment[];
}
/** Options: streamstats `current window global allnum reset_on_change reset_before reset_after time_window`, stats `allnum delim dedup_splitvals`. */
export interface StatsStage extends CommandBase {
  shape: 'stats';
  name: 'stats' | 'eventstats' | 'streamstats' | 'sistats';
  aggregations: Aggregation[];
  by: FieldRef[];
  /** SPL2 `by f, span(timestamp, 600s, 300s)`: windows of `size`, one every `step`. */
  window?: { field: FieldRef; size: Text; step?: Text };
}
/** `where` comes before or after `from`. `by` may hold `_time`; `span` is the text of `span=`. */
export interface TstatsStage extends CommandBase {
  shape: 'tstats';
  name: 'tstats' | 'mstats';
  aggregations: Aggregation[];
  from?: TstatsFrom;
  where?: SearchExpr;
  by: FieldRef[];
  span?: Text;
}
/** `datamodel=Endpoint.Processes` → type `datamodel`, name `Endpoint.Processes`. A bare namespace → type `namespace`. */
export interface TstatsFrom extends Node {
  type: 'datamodel' | 'sid' | 'namespace';
  name: Text;
}
/** `chart agg OVER row BY column`, `chart agg BY row column`, `timechart span=1h agg BY split`. */
export interface ChartStage extends CommandBase {
  shape: 'chart';
  name: 'chart' | 'timechart' | 'sichart' | 'sitimechart';
  aggregations: Aggregation[];
  over?: FieldRef;
  by: FieldRef[];
  /** `where sum in top5` after the split field, as typed. */
  seriesFilter?: Text;
}
/** `top 10 a, b BY c`. `limit` is the bare number; `limit=` is among the options. */
export interface TopStage extends CommandBase {
  shape: 'top';
  name: 'top' | 'rare' | 'sitop' | 'sirare';
  limit?: number;
  fields: FieldRef[];
  by: FieldRef[];
}
/** `fields + a, b` / `fields - a`. */
export interface FieldsStage extends CommandBase {
  shape: 'fields';
  name: 'fields';
  remove: boolean;
  fields: FieldRef[];
}
/**
 * Commands whose arguments are options and a list of fields: `table a b*`, `fillnull value=0 a b`, `mvexpand f limit=5`,
 * `makemv delim="," f`, `xyseries x y v`, `untable x y v`, `accum f AS g` (`alias`), `delta f AS g p=1`.
 */
export interface FieldListStage extends CommandBase {
  shape: 'field-list';
  name: FieldListCommand;
  fields: FieldRef[];
  alias?: FieldRef;
}
export interface RenameStage extends CommandBase {
  shape: 'rename';
  name: 'rename';
  pairs: FieldPair[];
}
/** `from AS to`; `to` is absent where the language lets it be omitted (then it equals `from`). */
export interface FieldPair extends Node {
  kind: 'pair';
  from: FieldRef;
  to?: FieldRef;
  macro?: MacroCall;
}
/** Options: `timeformat`. */
export interface ConvertStage extends CommandBase {
  shape: 'convert';
  name: 'convert';
  functions: ConvertFunction[];
}
export interface ConvertFunction extends Node {
  kind: 'convert-function';
  /** Lower-case: auto ctime dur2sec memk mktime mstime none num rmcomma rmunit. */
  func: string;
  field: FieldRef;
  alias?: FieldRef;
  macro?: MacroCall;
}
/** Options: `field mode max_match offset_field`. `pattern.value` is what the regular-expression engine gets. */
export interface RexStage extends CommandBase {
  shape: 'rex';
  name: 'rex';
  pattern: Text;
}
export interface RegexStage extends CommandBase {
  shape: 'regex';
  name: 'regex';
  /** Absent: `_raw`. */
  field?: FieldRef;
  negated: boolean;
  pattern: Text;
}
/** Options: `input output path`. `path` here is the positional one. */
export interface SpathStage extends CommandBase {
  shape: 'spath';
  name: 'spath' | 'xpath';
  path?: Text;
}
/** `lookup table key AS event_field OUTPUT column AS field`. Keys: `from` is the table's column, `to` the event's field. */
export interface LookupStage extends CommandBase {
  shape: 'lookup';
  name: 'lookup';
  table: Text;
  keys: FieldPair[];
  /** Absent: all other columns, overwriting. */
  output?: { mode: 'output' | 'outputnew'; fields: FieldPair[] };
}
/** Options: `append start max strict` / `append key_field create_empty override_if_empty max`. */
export interface LookupFileStage extends CommandBase {
  shape: 'lookup-file';
  name: 'inputlookup' | 'outputlookup' | 'inputcsv' | 'outputcsv';
  table?: Text;
  where?: SearchExpr;
}
/** Options: `keepevents keepempty consecutive`. */
export interface DedupStage extends CommandBase {
  shape: 'dedup';
  name: 'dedup';
  count?: number;
  fields: FieldRef[];
  sortby: SortKey[];
}
export interface SortKey extends Node {
  kind: 'sort-key';
  direction: '+' | '-' | '';
  /** `num(f)` etc. */
  type?: 'auto' | 'num' | 'str' | 'ip';
  field: FieldRef;
}
/** `limit` is the bare number (`limit=` is among the options). `descending`: a final `d` or `desc`. */
export interface SortStage extends CommandBase {
  shape: 'sort';
  name: 'sort';
  limit?: number;
  keys: SortKey[];
  descending: boolean;
}
/** Options: `limit null keeplast`. */
export interface HeadStage extends CommandBase {
  shape: 'head';
  name: 'head';
  limit?: number;
  expr?: EvalExpr;
}
export interface TailStage extends CommandBase {
  shape: 'tail';
  name: 'tail';
  limit?: number;
}
/** Options: `type max overwrite usetime earlier left right`. `where` belongs to the `left=L right=R` form. */
export interface JoinStage extends CommandBase {
  shape: 'join';
  name: 'join' | 'selfjoin';
  fields: FieldRef[];
  where?: EvalExpr;
  subsearch?: Subsearch;
}
/** `append [..]`, `union [..] [..]`, `multisearch [..] [..]`. `datasets`: what `union` names instead of a subsearch. */
export interface AppendStage extends CommandBase {
  shape: 'append';
  name: 'append' | 'appendcols' | 'appendpipe' | 'union' | 'multisearch' | 'set';
  /** `set union|diff|intersect`. */
  operator?: string;
  datasets: Text[];
  subsearches: Subsearch[];
}
/** `map search="... $f$ ..."`: the template is the option `search`; or a saved search's name; or a subsearch. */
export interface MapStage extends CommandBase {
  shape: 'map';
  name: 'map';
  saved?: Text;
  subsearch?: Subsearch;
}
/** `body.text` is the template with `<<FIELD>>` etc. in it; `body.query` is that template, parsed as it stands. */
export interface ForeachStage extends CommandBase {
  shape: 'foreach';
  name: 'foreach';
  fields: FieldRef[];
  body: Subsearch;
}
/** Options: `span bins minspan start end aligntime`. */
export interface BinStage extends CommandBase {
  shape: 'bin';
  name: 'bin';
  field: FieldRef;
  alias?: FieldRef;
}
/** Options: `maxspan maxpause maxevents startswith endswith connected keepevicted mvlist ...`. */
export interface TransactionStage extends CommandBase {
  shape: 'transaction';
  name: 'transaction';
  fields: FieldRef[];
}
/** `replace "a*" WITH "b*", c WITH d IN f g`. No fields: all. */
export interface ReplaceStage extends CommandBase {
  shape: 'replace';
  name: 'replace';
  pairs: { from: Text; to: Text }[];
  fields: FieldRef[];
}
/** Quoted parts are literal text, bare parts are fields. */
export interface StrcatStage extends CommandBase {
  shape: 'strcat';
  name: 'strcat';
  parts: Text[];
  target: FieldRef;
}
/** Six strings or none: row prefix, column prefix, column separator, column end, row separator, row end. */
export interface FormatStage extends CommandBase {
  shape: 'format';
  name: 'format';
  parts: Text[];
}
/** `return 5 a=b $c d`: `bare` is the `$c` form, `alias` the name before `=`. */
export interface ReturnStage extends CommandBase {
  shape: 'return';
  name: 'return';
  count?: number;
  items: ReturnItem[];
}
export interface ReturnItem extends Node {
  kind: 'return-item';
  alias?: FieldRef;
  field: FieldRef;
  bare: boolean;
}
/**
 * `from datamodel:Endpoint.Processes`, `from datamodel Web.Web`, `from lookup:x`, `from savedsearch:x`; SPL2 `from source`
 * (type `dataset`), `from $other` (type `variable`) and `from read_ssa_enriched_events()` (type `function`, in `call`).
 */
export interface FromStage extends CommandBase {
  shape: 'from';
  name: 'from';
  type: 'datamodel' | 'lookup' | 'savedsearch' | 'dataset' | 'variable' | 'function';
  dataset: Text;
  call?: EvalCall;
  where?: EvalExpr;
}
/** `datamodel M D search`. */
export interface DatamodelStage extends CommandBase {
  shape: 'datamodel';
  name: 'datamodel';
  model?: Text;
  object?: Text;
  /** `search`, `flat`, `acceleration_search`. */
  mode?: string;
}
/** SPL2 `into sink`, `into write_ssa_detected_events()`. */
export interface IntoStage extends CommandBase {
  shape: 'into';
  name: 'into';
  target: Text;
  call?: EvalCall;
}
/** Commands that take options only (or nothing): `makeresults count=5`, `reverse`, `addinfo`, `rangemap field=x low=0-5`. */
export interface OptionsStage extends CommandBase {
  shape: 'options';
  name: 'makeresults' | 'reverse' | 'addinfo' | 'rangemap';
}
/**
 * Known commands without a shape of their own here, because running them in a browser is impossible or pointless: their
 * words in order. `apply model AS x` has `alias`.
 */
export interface WordsStage extends CommandBase {
  shape: 'words';
  name: WordsCommand;
  words: Text[];
  alias?: FieldRef;
}
