/**
 * The commands of the language: one entry each. The parser takes from it how a command's arguments are read and which
 * options exist; the support page, autocomplete and the executor's registry use the same names. Descriptions, examples
 * and evidence are in `*.docs.ts`, which the engine does not import.
 */

export type Shape =
  | 'search'
  | 'where'
  | 'eval'
  | 'stats'
  | 'tstats'
  | 'chart'
  | 'top'
  | 'fields'
  | 'field-list'
  | 'rename'
  | 'convert'
  | 'rex'
  | 'regex'
  | 'spath'
  | 'lookup'
  | 'lookup-file'
  | 'dedup'
  | 'sort'
  | 'head'
  | 'tail'
  | 'join'
  | 'append'
  | 'map'
  | 'foreach'
  | 'bin'
  | 'transaction'
  | 'replace'
  | 'strcat'
  | 'format'
  | 'return'
  | 'from'
  | 'datamodel'
  | 'into'
  | 'options'
  | 'words';

/** b yes/no, n number, s text, f name of a field that is read, w name of a field that is written, c condition. */
export type OptionType = 'b' | 'n' | 's' | 'f' | 'w' | 'c';

export interface CommandEntry {
  name: string;
  shape: Shape;
  options: Readonly<Record<string, OptionType>>;
  /** Least number of fields that must be given. */
  minFields: number;
  /** Starts a pipeline: makes rows instead of taking them. */
  generating: boolean;
  /** Only in SPL2. */
  spl2: boolean;
}

const STATS = 'allnum:b delim:s dedup_splitvals:b partitions:n';
const TSTATS =
  'prestats:b local:b append:b summariesonly:b include_reduced_buckets:b allow_old_summaries:b chunk_size:n fillnull_value:s every:s update_period:s backfill:b chart:b chart.limit:s span:s';
const CHART =
  'limit:s useother:b usenull:b otherstr:s nullstr:s sep:s format:s cont:b bins:n span:s start:s end:s aligntime:s minspan:s dedup_splitvals:b agg:s';
const TIMECHART = `${CHART} partial:b fixedrange:b`;
const TOP = 'limit:n countfield:w percentfield:w showcount:b showperc:b useother:b otherstr:s';
const LOOKUP_FILE =
  'append:b start:n max:n strict:b createinapp:b create_empty:b override_if_empty:b key_field:s output_format:s singlefile:b events:b output_append:b user:s create_context:s dispatch:b usexml:b';
const KV = 'auto:b clean_keys:b kvdelim:s limit:n maxchars:n mv_add:b pairdelim:s reload:b segment:b';
const ANY = '*:s';

/** `name shape minFields options`; a leading `|` marks a generating command, `2` one of SPL2. Other names after `/`. */
const ROWS: [string, Shape, string?, number?][] = [
  // Filters
  ['search', 'search'],
  ['where', 'where'],
  ['regex', 'regex'],
  ['dedup', 'dedup', 'keepevents:b keepempty:b consecutive:b', 1],
  ['head', 'head', 'limit:n null:b keeplast:b'],
  ['tail', 'tail', 'limit:n'],
  ['reverse', 'options'],
  ['sort', 'sort', 'limit:n', 1],
  ['uniq', 'words'],
  // Fields
  ['eval', 'eval'],
  ['fieldformat', 'eval'],
  ['fields', 'fields', '', 1],
  ['table', 'field-list', '', 1],
  ['2select', 'field-list', '', 1],
  ['rename', 'rename', '', 1],
  ['rex', 'rex', 'field:f mode:s max_match:n offset_field:w'],
  ['spath', 'spath', 'input:f output:w path:s'],
  ['xpath', 'spath', 'field:f outfield:w default:s'],
  ['xmlkv', 'field-list', 'maxinputs:n'],
  ['extract/kv', 'field-list', KV],
  [
    'multikv',
    'field-list',
    'conf:s copyattrs:b forceheader:n multitable:b noheader:b rmorig:b filter:s fields:s',
  ],
  ['fromjson', 'field-list', 'prefix:s', 1],
  ['tojson', 'field-list', 'default_type:s fill_null:b include_internal:b output_field:w'],
  ['convert', 'convert', 'timeformat:s'],
  ['fillnull', 'field-list', 'value:s'],
  ['filldown', 'field-list'],
  ['replace', 'replace'],
  ['strcat', 'strcat', 'allrequired:b', 2],
  ['rangemap', 'options', `field:f default:s ${ANY}`],
  ['makemv', 'field-list', 'delim:s tokenizer:s allowempty:b setsv:b', 1],
  ['mvexpand', 'field-list', 'limit:n', 1],
  ['mvcombine', 'field-list', 'delim:s', 1],
  ['nomv', 'field-list', '', 1],
  ['2expand', 'field-list', '', 1],
  ['2flatten', 'field-list', '', 1],
  ['bin/bucket/discretize', 'bin', 'span:s bins:n minspan:s start:n end:n aligntime:s', 1],
  ['addtotals', 'field-list', 'row:b col:b labelfield:w label:s fieldname:w'],
  ['addcoltotals', 'field-list', 'labelfield:w label:s'],
  ['accum', 'field-list', '', 1],
  ['delta', 'field-list', 'p:n', 1],
  ['autoregress', 'field-list', 'p:s', 1],
  ['reltime', 'field-list', 'timefield:f prefix:s'],
  ['addinfo', 'options'],
  ['iplocation', 'field-list', 'prefix:s allfields:b lang:s', 1],
  // Reports
  ['stats', 'stats', STATS],
  ['eventstats', 'stats', STATS],
  [
    'streamstats',
    'stats',
    `${STATS} current:b window:n time_window:s global:b reset_on_change:b reset_before:c reset_after:c`,
  ],
  ['sistats', 'stats', STATS],
  ['chart', 'chart', CHART],
  ['timechart', 'chart', TIMECHART],
  ['sichart', 'chart', CHART],
  ['sitimechart', 'chart', TIMECHART],
  ['top', 'top', TOP, 1],
  ['rare', 'top', TOP, 1],
  ['sitop', 'top', TOP, 1],
  ['sirare', 'top', TOP, 1],
  ['xyseries', 'field-list', 'grouped:b sep:s format:s', 3],
  ['untable', 'field-list', '', 3],
  ['transpose', 'words', 'column_name:s header_field:f include_empty:b'],
  [
    'transaction/transam',
    'transaction',
    'maxspan:s maxpause:s maxevents:n startswith:c endswith:c connected:b unifyends:b keepevicted:b mvlist:s delim:s nullstr:s maxopentxn:n maxopenevents:n name:s keeporphans:b fields:s',
  ],
  ['outlier', 'field-list', 'action:s mark:b param:n uselower:b type:s'],
  ['anomalydetection', 'field-list', 'method:s action:s pthresh:n cutoff:b threshold:n'],
  // Lookups and other data
  ['lookup', 'lookup', 'local:b update:b event_time_field:s'],
  ['|inputlookup', 'lookup-file', LOOKUP_FILE],
  ['outputlookup', 'lookup-file', LOOKUP_FILE],
  ['|inputcsv', 'lookup-file', LOOKUP_FILE],
  ['outputcsv', 'lookup-file', LOOKUP_FILE],
  ['|tstats', 'tstats', TSTATS],
  ['|mstats', 'tstats', TSTATS],
  ['|from', 'from'],
  ['2into', 'into', 'mode:s'],
  ['|datamodel', 'datamodel', 'strict_fields:b allow_old_summaries:b summariesonly:b'],
  ['|makeresults', 'options', 'count:n annotate:b splunk_server:s splunk_server_group:s format:s data:s'],
  // Several pipelines
  ['join', 'join', 'type:s max:n overwrite:b usetime:b earlier:b left:s right:s'],
  ['selfjoin', 'join', 'type:s max:n overwrite:b keepsingle:b'],
  ['append', 'append', 'extendtimerange:b maxtime:n maxout:n timeout:n'],
  ['appendcols', 'append', 'override:b extendtimerange:b maxtime:n maxout:n timeout:n'],
  ['appendpipe', 'append', 'run_in_preview:b'],
  ['|union', 'append', 'maxtime:n maxout:n timeout:n'],
  ['|multisearch', 'append'],
  ['|set', 'append'],
  ['map', 'map', 'search:s maxsearches:n'],
  [
    'foreach',
    'foreach',
    'mode:s fieldstr:s matchstr:s matchseg1:s matchseg2:s matchseg3:s itemstr:s iterstr:s',
  ],
  ['format', 'format', 'mvsep:s maxresults:n emptystr:s'],
  ['return', 'return'],
  // Known, not described further
  ...(
    'apply fit summary cyberchef collect sendalert sendemail outputtext savedsearch loadjob gentimes cluster kmeans anomalies ' +
    'anomalousvalue associate contingency correlate predict trendline geostats gauge script tags typer tscollect ' +
    'mcollect meventcollect abstract arules analyzefields concurrency diff erex fieldsummary highlight localop ' +
    'makecontinuous redistribute relevancy require searchtxn setfields nop trace ' +
    '|rest |metadata |metasearch |dbinspect |eventcount |history |audit |typeahead |walklex |mcatalog |mpreview ' +
    '|findtypes |findkeywords |pivot |inputintelligence 2adaptive_threshold 2first_time_event 2conditional_anomaly 2apply_model ' +
    '2branch 2thru'
  )
    .split(' ')
    .map((name): [string, Shape, string] => [name, 'words', ANY]),
];

const COMMANDS = new Map<string, CommandEntry>();
for (const [key, shape, options = '', minFields = 0] of ROWS) {
  const [name, ...others] = key.replace(/^[|2]/, '').split('/') as [string, ...string[]];
  const entry: CommandEntry = {
    name,
    shape,
    options: Object.fromEntries(
      options
        .split(' ')
        .map((option) => option.split(':'))
        .filter(([option]) => option),
    ),
    minFields,
    generating: key.startsWith('|'),
    spl2: key.startsWith('2'),
  };
  for (const each of [name, ...others]) COMMANDS.set(each, entry);
}

/** The entry of a command by any of its names, any case. */
export function commandEntry(name: string): CommandEntry | undefined {
  return COMMANDS.get(name.toLowerCase());
}

/** Names that may open a stage, with those of SPL2 alone or without. */
export function commandNames(withSpl2: boolean): string[] {
  return commandEntries().flatMap(({ name, spl2 }) => (spl2 && !withSpl2 ? [] : [name]));
}

/** Every command, in the order of the table, other names left out. */
export function commandEntries(): CommandEntry[] {
  return [...new Set(COMMANDS.values())];
}
