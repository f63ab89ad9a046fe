/**
 * The syntax tree of a search: a pipeline of stages. Three families of expressions are kept apart because the language
 * keeps them apart: search expressions (what `search`, `tstats where` and `inputlookup where` take), eval expressions
 * (`eval`, `where`, arguments of `count(eval(...))`) and aggregations (`stats`, `tstats`, `timechart` ...).
 *
 * Discriminate stages on `kind`, then commands on `shape` (and `name` where several commands share a shape).
 *
 * Every node has a `range` in the text that was parsed (UTF-16 offsets, end excluded). Leaves keep the spelling that was
 * typed as `raw`; `value`/`name` is the same with quotes and escapes undone, and is what an evaluator uses. `parens`
 * counts the pairs of parentheses that were written around a node; only the printer looks at it.
 *
 * Macro calls that have not been expanded are nodes too: `{kind: 'macro'}` in expressions, and the `macro` property of a
 * field, text, option, aggregation or pair in argument lists. A query that is run has none (`analyse(q).macros` is empty).
 */
import type { Range } from '../../text/diagnostic.ts';

export type Dialect = 'spl1' | 'spl2';

export interface Node {
  range: Range;
}

/** A pipeline: a whole search, or what stands inside `[ ... ]`. */
export interface Query extends Node {
  kind: 'query';
  dialect: Dialect;
  stages: Stage[];
  /** SPL2 `$main = from source | ...`: the name, without `$`. */
  assign?: string;
  /** SPL2 `$a = ...; $b = ...; <main>`: the statements before the last one, each with `assign`. */
  definitions?: Query[];
  /** The text started with a pipe, so the first stage is a generating command that was written as `| tstats ...`. */
  leadingPipe: boolean;
}

/** `[ ... ]`. `text` is what stands between the brackets, as typed. */
export interface Subsearch extends Node {
  kind: 'subsearch';
  query: Query;
  text: string;
}

export interface Comment extends Node {
  /** Between the triple backticks (SPL2 also: between the slash-star pair), untouched. */
  text: string;
  /** With its delimiters. */
  raw: string;
  /** Before the command name of its stage (else after or inside the stage). */
  leading: boolean;
}

/** `` `name(arg, "arg two")` `` as typed. `args` have their outer quotes removed. */
export interface MacroCall extends Node {
  kind: 'macro';
  name: string;
  args: string[];
  raw: string;
  parens?: number;
}

/** A word or quoted string in an argument position: a lookup's name, an option's value, a regular expression. */
export interface Text extends Node {
  kind: 'text';
  value: string;
  raw: string;
  quoted: boolean;
  macro?: MacroCall;
}

/** A field's name in an argument list. `*` in it is a wildcard unless the command says otherwise. */
export interface FieldRef extends Node {
  kind: 'field';
  name: string;
  raw: string;
  quoted: boolean;
  macro?: MacroCall;
}

/** `name=value`. `name` is lower-case (except for `rangemap`, whose option names are the labels it writes). */
export interface Option extends Node {
  kind: 'option';
  name: string;
  value: Text;
  nameRange: Range;
  /** Options that hold a condition (`reset_before`, `startswith`, `endswith`): the condition, parsed. */
  condition?: EvalCondition | SearchCondition;
  /** Written after the positional arguments. Only the printer cares. */
  trailing: boolean;
  macro?: MacroCall;
}
export interface EvalCondition {
  kind: 'eval-condition';
  expr: EvalExpr;
}
export interface SearchCondition {
  kind: 'search-condition';
  expr: SearchExpr;
}

// ---------------------------------------------------------------------------------------------- search expressions

export type SearchExpr =
  | SearchAnd
  | SearchOr
  | SearchNot
  | SearchCompare
  | SearchIn
  | SearchTerm
  | SearchSubsearch
  | MacroCall;

/** Items joined by a blank or `AND`. `explicit[i]`: `AND` was written between items `i` and `i + 1`. */
export interface SearchAnd extends Node {
  kind: 'search-and';
  items: SearchExpr[];
  explicit: boolean[];
  parens?: number;
}
export interface SearchOr extends Node {
  kind: 'search-or';
  items: SearchExpr[];
  parens?: number;
}
export interface SearchNot extends Node {
  kind: 'search-not';
  expr: SearchExpr;
  parens?: number;
}
/** `::` is the exact indexed-field form `field::value`. `==` is read as `=`. */
export type SearchOp = '=' | '!=' | '<' | '<=' | '>' | '>=' | '::';
export interface SearchCompare extends Node {
  kind: 'search-compare';
  field: FieldRef;
  op: SearchOp;
  value: SearchValue;
  parens?: number;
}
export interface SearchIn extends Node {
  kind: 'search-in';
  field: FieldRef;
  values: SearchValue[];
  parens?: number;
}
/** A literal to match. `*` in `value` is a wildcard, quoted or not (it cannot be escaped). `\\` and `\"` are undone. */
export interface SearchValue extends Node {
  kind: 'search-value';
  value: string;
  raw: string;
  quoted: boolean;
  /** `field=TERM(x)` or `field=CASE(x)`: `value` and `raw` are of x. */
  directive?: 'TERM' | 'CASE';
  macro?: MacroCall;
}
/** A bare term, a "quoted phrase", `TERM(x)` or `CASE(x)`. */
export interface SearchTerm extends Node {
  kind: 'search-term';
  value: SearchValue;
  parens?: number;
}
export interface SearchSubsearch extends Node {
  kind: 'search-subsearch';
  subsearch: Subsearch;
  parens?: number;
}

// ------------------------------------------------------------------------------------------------ eval expressions

export type EvalExpr =
  | NumberLiteral
  | StringLiteral
  | ConstantLiteral
  | EvalField
  | EvalCall
  | EvalUnary
  | EvalBinary
  | EvalIn
  | EvalIsNull
  | EvalSubsearch
  | EvalObject
  | EvalArray
  | EvalMember
  | EvalIndex
  | EvalLambda
  | EvalRegex
  | MacroCall;

export interface NumberLiteral extends Node {
  kind: 'number';
  value: number;
  raw: string;
  parens?: number;
}
export interface StringLiteral extends Node {
  kind: 'string';
  value: string;
  raw: string;
  parens?: number;
}
/** SPL2 only: `true`, `false`, `null`. In SPL1 these bare words are field names. */
export interface ConstantLiteral extends Node {
  kind: 'constant';
  value: true | false | null;
  parens?: number;
}
/** A bare or 'single-quoted' field. In SPL1 a dot outside quotes is concatenation, never part of the name. */
export interface EvalField extends Node {
  kind: 'eval-field';
  name: string;
  raw: string;
  quoted: boolean;
  parens?: number;
}
/** `name` is lower-case; `nameRange` covers the name only. */
export interface EvalCall extends Node {
  kind: 'call';
  name: string;
  args: EvalExpr[];
  /** SPL2 `cidrmatch(ip: a, cidr_range: b)`: the arguments' names, in the order of `args`; absent if none has one. */
  argNames?: (string | undefined)[];
  nameRange: Range;
  parens?: number;
}
export interface EvalUnary extends Node {
  kind: 'unary';
  op: '-' | '+' | 'not';
  expr: EvalExpr;
  parens?: number;
}
/** `=` and `==` are both `=`; `<>` is `!=`. `.` is concatenation (SPL1 only). `like` is the infix form. */
export type EvalOp =
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '.'
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'like'
  | 'and'
  | 'or'
  | 'xor';
export interface EvalBinary extends Node {
  kind: 'binary';
  op: EvalOp;
  left: EvalExpr;
  right: EvalExpr;
  parens?: number;
}
/** `expr IN (a, b, ...)`, or `expr IN [subsearch]`, where `list` is one `eval-subsearch`. */
export interface EvalIn extends Node {
  kind: 'in';
  expr: EvalExpr;
  list: EvalExpr[];
  parens?: number;
}
/** `expr IS NULL`, `expr IS NOT NULL`. */
export interface EvalIsNull extends Node {
  kind: 'is-null';
  expr: EvalExpr;
  negated: boolean;
  parens?: number;
}
/** `where NOT [search ...]`. */
export interface EvalSubsearch extends Node {
  kind: 'eval-subsearch';
  subsearch: Subsearch;
  parens?: number;
}
/** SPL2 `{"key": value}`. `key.value` has quotes undone. */
export interface EvalObject extends Node {
  kind: 'object';
  entries: { key: Text; value: EvalExpr }[];
  parens?: number;
}
export interface EvalArray extends Node {
  kind: 'array';
  items: EvalExpr[];
  parens?: number;
}
/** SPL2 `a.b`. */
export interface EvalMember extends Node {
  kind: 'member';
  object: EvalExpr;
  property: EvalField;
  parens?: number;
}
/** SPL2 `a[0]`. */
export interface EvalIndex extends Node {
  kind: 'index';
  object: EvalExpr;
  index: EvalExpr;
  parens?: number;
}
/** SPL2 `x -> expr`, `(x, y) -> expr`. Parameter names keep their `$`. */
export interface EvalLambda extends Node {
  kind: 'lambda';
  params: EvalField[];
  body: EvalExpr;
  parens?: number;
}
/** SPL2 `/pattern/flags`. `pattern` is as written, `\/` undone. */
export interface EvalRegex extends Node {
  kind: 'regex';
  pattern: string;
  flags: string;
  raw: string;
  parens?: number;
}

/** Left side of `eval`. `dynamic`: the name holds `{field}` parts whose values make up the name. */
export interface EvalTarget extends Node {
  kind: 'target';
  name: string;
  raw: string;
  dynamic: boolean;
}
export interface Assignment extends Node {
  kind: 'assignment';
  target: EvalTarget;
  expr: EvalExpr;
  macro?: MacroCall;
}

// ----------------------------------------------------------------------------------------------------- aggregations

/**
 * `count`, `values(f) AS x`, `count(eval(a>1))`, `perc95(t)`, `sparkline(count(x), 1h)`. `func` is lower-case and keeps a
 * percentile's number (`perc95`). `label` is the default output name: the call as typed, blanks removed around parentheses.
 */
export interface Aggregation extends Node {
  kind: 'aggregation';
  func: string;
  label: string;
  /** Absent for `count` and `count()`. */
  arg?: AggregationArg;
  /** Further literal arguments: `sparkline(count, 1h)` → `1h`; SPL2 `percentile(x, 95)` → `95`. */
  rest: Text[];
  alias?: FieldRef;
  macro?: MacroCall;
  /** Options written between aggregations (`chart ... span=1h`) never appear here; they are the stage's options. */
}
export type AggregationArg =
  | { kind: 'agg-field'; field: FieldRef }
  /** `wrapped`: inside `eval( )`; else a bare expression, which `timechart` and SPL2 allow. */
  | { kind: 'agg-expr'; expr: EvalExpr; wrapped: boolean }
  | { kind: 'agg-nested'; aggregation: Aggregation };

// ----------------------------------------------------------------------------------------------------------- stages

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
export type FieldListCommand =
  | 'table'
  | 'fillnull'
  | 'filldown'
  | 'mvexpand'
  | 'mvcombine'
  | 'nomv'
  | 'makemv'
  | 'addtotals'
  | 'addcoltotals'
  | 'xyseries'
  | 'untable'
  | 'accum'
  | 'delta'
  | 'autoregress'
  | 'iplocation'
  | 'xmlkv'
  | 'fromjson'
  | 'tojson'
  | 'extract'
  | 'multikv'
  | 'reltime'
  | 'outlier'
  | 'anomalydetection'
  | 'fieldsummary'
  | 'expand'
  | 'flatten'
  | 'select';
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
  name: 'makeresults' | 'reverse' | 'addinfo' | 'rangemap' | 'localop' | 'nop' | 'highlight';
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
export type WordsCommand =
  | 'apply'
  | 'fit'
  | 'summary'
  | 'cyberchef'
  | 'collect'
  | 'sendalert'
  | 'sendemail'
  | 'outputtext'
  | 'rest'
  | 'metadata'
  | 'metasearch'
  | 'dbinspect'
  | 'eventcount'
  | 'history'
  | 'audit'
  | 'loadjob'
  | 'savedsearch'
  | 'gentimes'
  | 'cluster'
  | 'kmeans'
  | 'anomalies'
  | 'anomalousvalue'
  | 'associate'
  | 'contingency'
  | 'correlate'
  | 'predict'
  | 'trendline'
  | 'x11'
  | 'geostats'
  | 'geom'
  | 'gauge'
  | 'scrub'
  | 'script'
  | 'tags'
  | 'typer'
  | 'typeahead'
  | 'tscollect'
  | 'walklex'
  | 'mcatalog'
  | 'mpreview'
  | 'mcollect'
  | 'meventcollect'
  | 'findtypes'
  | 'findkeywords'
  | 'abstract'
  | 'arules'
  | 'analyzefields'
  | 'bucketdir'
  | 'concurrency'
  | 'diff'
  | 'erex'
  | 'folderize'
  | 'iconify'
  | 'inputintelligence'
  | 'kvform'
  | 'localize'
  | 'makejson'
  | 'pivot'
  | 'redistribute'
  | 'relevancy'
  | 'require'
  | 'searchtxn'
  | 'setfields'
  | 'uniq'
  | 'adaptive_threshold'
  | 'first_time_event'
  | 'conditional_anomaly'
  | 'apply_model'
  | 'transpose'
  | 'trace';
