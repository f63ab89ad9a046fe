import { commandEntry } from './table.ts';

/**
 * What people read about a command: one sentence, an example, where it is documented, and what the reading of its
 * arguments rests on. Not imported by the engine.
 */
export type Evidence = 'gold' | 'docs' | 'impl' | 'assumed';

export interface CommandDocs {
  summary: string;
  example: string;
  evidence: Evidence;
  /** Page of the vendor's reference; absent for commands that have none (machine learning, other products). */
  docs?: string;
}

const REFERENCE = 'https://help.splunk.com/splunk-enterprise/spl-search-reference/10.0/search-commands/';
const SPL2 = 'https://help.splunk.com/splunk-cloud-platform/search/spl2-search-reference/';

const ROWS: Record<string, [summary: string, example: string, evidence?: Evidence]> = {
  search: [
    'Keeps events that match terms, phrases and field comparisons.',
    'sourcetype=XmlWinEventLog EventCode=1 NOT user=SYSTEM',
  ],
  where: [
    'Keeps rows for which an eval expression is true.',
    '| where like(process, "%.exe") AND len(process)>40',
  ],
  regex: ['Keeps rows whose field matches a regular expression.', '| regex process!="^C:.*"'],
  dedup: ['Keeps the first rows of each combination of values.', '| dedup 2 user, host sortby -_time'],
  head: ['Keeps the first rows, or rows up to the first that fails a condition.', '| head 20'],
  tail: ['Keeps the last rows, last one first.', '| tail 5'],
  reverse: ['Turns the order of the rows round.', '| reverse'],
  sort: ['Sorts rows; a minus sign sorts a field downwards.', '| sort 0 - count, +num(port)'],
  eval: [
    'Sets fields to the values of expressions, from left to right.',
    '| eval size = len(cmd), long = if(size>100, 1, 0)',
  ],
  fieldformat: [
    'Changes how a field is shown, not its value.',
    '| fieldformat count = tostring(count, "commas")',
  ],
  fields: ['Keeps, or with a minus sign drops, fields.', '| fields - _raw, date_*'],
  table: ['Keeps the named fields only, in that order.', '| table _time, user, dest'],
  select: ['SPL2: keeps the named fields only.', '| select timestamp, process_name', 'impl'],
  rename: [
    'Gives fields other names; wildcards map part by part.',
    '| rename Processes.* as *, user as "Account name"',
  ],
  rex: [
    'Extracts fields by named groups, or edits text in sed mode.',
    '| rex field=path "(?<drive>[A-Z]):" max_match=0',
  ],
  spath: ['Extracts from JSON or XML by path.', '| spath input=body path=user.name output=user'],
  xpath: ['Extracts from XML by an XPath expression.', '| xpath outfield=name "//user/@name" field=xml'],
  xmlkv: ['Extracts leaf elements of XML as fields.', '| xmlkv Message'],
  extract: ['Extracts key-value pairs.', '| extract pairdelim=";" kvdelim="="'],
  multikv: ['Turns the lines of a text table into rows.', '| multikv forceheader=1'],
  fromjson: ['Turns the top level of a JSON text into fields.', '| fromjson body prefix=b_'],
  tojson: ['Writes fields as one JSON text.', '| tojson output_field=body'],
  convert: [
    'Converts values, for example epoch times to text.',
    '| convert timeformat="%Y-%m-%d" ctime(firstTime) as first',
  ],
  fillnull: ['Fills in missing values.', '| fillnull value=unknown user, dest'],
  filldown: ['Repeats the last value downwards.', '| filldown user'],
  replace: ['Replaces whole values, with wildcards.', '| replace "127.*" with localhost in src, dest'],
  strcat: ['Joins fields and texts into a field.', '| strcat src ":" port address'],
  rangemap: [
    'Writes the name of the range that a number falls in.',
    '| rangemap field=count low=0-10 high=11-100 default=other',
  ],
  makemv: ['Splits a value into a multivalue.', '| makemv delim="," users'],
  mvexpand: ['Makes one row of each member of a multivalue.', '| mvexpand users limit=10'],
  mvcombine: [
    'Joins rows that differ in one field, which becomes a multivalue.',
    '| mvcombine delim="," user',
  ],
  nomv: ['Turns a multivalue into one text.', '| nomv users'],
  expand: ['SPL2: makes one row of each member of an array.', '| expand users', 'assumed'],
  flatten: ['SPL2: turns the keys of an object into fields.', '| flatten device', 'assumed'],
  bin: ['Puts numbers or times into buckets.', '| bin span=5m _time as bucket_time'],
  addtotals: [
    'Adds up the numbers of each row, or of each column.',
    '| addtotals row=t col=f fieldname=sum a, b',
  ],
  addcoltotals: ['Adds a row with the sums of columns.', '| addcoltotals labelfield=user label=all bytes'],
  accum: ['Running total of a field.', '| accum bytes as total'],
  delta: ['Difference from an earlier row.', '| delta count as change p=1'],
  autoregress: ['Copies values of earlier rows.', '| autoregress count as before p=1'],
  reltime: ['Writes how long ago `_time` is.', '| reltime'],
  addinfo: ['Adds the time range of the search.', '| addinfo'],
  iplocation: ['Adds place names of an address. Needs a table of places.', '| iplocation prefix=src_ src_ip'],
  stats: [
    'Aggregates rows, for each combination of the fields after `by`.',
    '| stats count dc(user) as users by host',
  ],
  eventstats: ['Aggregates, and adds the results to every row.', '| eventstats avg(bytes) as mean by host'],
  streamstats: [
    'Aggregates over the rows so far.',
    '| streamstats window=5 current=f sum(bytes) as recent by host',
  ],
  sistats: ['`stats` for summary indexing.', '| sistats count by host'],
  chart: ['Aggregates into a table with a column per value.', '| chart count over host by status'],
  timechart: ['Aggregates per time bucket.', '| timechart span=1h count by host limit=5'],
  sichart: ['`chart` for summary indexing.', '| sichart count by host'],
  sitimechart: ['`timechart` for summary indexing.', '| sitimechart span=1h count'],
  top: ['The most frequent values.', '| top limit=10 user by host'],
  rare: ['The least frequent values.', '| rare user'],
  sitop: ['`top` for summary indexing.', '| sitop user'],
  sirare: ['`rare` for summary indexing.', '| sirare user'],
  xyseries: ['Turns rows into a table: row key, column key, value.', '| xyseries host user count'],
  untable: ['Turns a table into rows: the reverse of `xyseries`.', '| untable host user count'],
  transaction: [
    'Groups rows that share field values into transactions.',
    '| transaction user maxspan=5m startswith=(EventCode=4624) endswith=eval(EventCode=4634)',
  ],
  outlier: ['Trims or removes numbers far from the others.', '| outlier action=remove bytes'],
  anomalydetection: ['Marks unlikely rows.', '| anomalydetection method=zscore action=filter bytes'],
  lookup: [
    'Adds columns of a lookup table to matching rows.',
    '| lookup assets host as dest OUTPUTNEW owner, city as place',
  ],
  inputlookup: ['Reads the rows of a lookup table.', '| inputlookup append=t assets where city=Oslo'],
  outputlookup: [
    'Writes the rows to a lookup table. Shown as output, nothing is written.',
    '| outputlookup append=t assets.csv',
  ],
  inputcsv: ['Reads rows from a CSV file.', '| inputcsv baseline.csv'],
  outputcsv: ['Writes rows to a CSV file. Shown as output, nothing is written.', '| outputcsv result.csv'],
  tstats: [
    'Aggregates over the events of a data model.',
    '| tstats count from datamodel=Endpoint.Processes where Processes.process_name=cmd.exe by _time span=1h, Processes.dest',
  ],
  mstats: ['Aggregates over metrics.', '| mstats avg(cpu.usage) as cpu where index=metrics by host span=5m'],
  from: ['Reads a data model, lookup or dataset.', '| from datamodel:Web.Web'],
  into: ['SPL2: sends rows to a dataset. Shown as output.', '| into sink', 'impl'],
  datamodel: [
    'Reads the events of a data model, or lists data models.',
    '| datamodel Endpoint Processes search',
  ],
  makeresults: ['Makes rows with the time of the search.', '| makeresults count=3'],
  join: [
    'Adds the fields of a subsearch\u2019s matching rows.',
    '| join type=left max=0 user [search sourcetype=hr | fields user, team]',
  ],
  selfjoin: ['Joins the rows with themselves.', '| selfjoin user'],
  append: ['Adds the rows of a subsearch below.', '| append [search sourcetype=b | stats count by host]'],
  appendcols: [
    'Adds the fields of a subsearch row by row.',
    '| appendcols override=t [search sourcetype=b | stats count as other]',
  ],
  appendpipe: [
    'Adds the rows that a pipeline makes of the current ones.',
    '| appendpipe [stats sum(count) as count | eval host="all"]',
  ],
  union: ['Merges the rows of several searches.', '| union [search a=1] [search b=2]'],
  multisearch: ['Merges streaming searches.', '| multisearch [search a=1] [search b=2]'],
  set: [
    'Union, difference or intersection of two searches.',
    '| set diff [search a=1 | table user] [search b=2 | table user]',
  ],
  map: [
    'Runs a search once for each row, with `$field$` filled in.',
    '| map search="search user=$user$" maxsearches=5',
  ],
  foreach: [
    'Runs a template for each matching field.',
    "| foreach count_* [eval total = total + '<<FIELD>>']",
  ],
  format: ['Writes the rows as one search condition.', '| format maxresults=10 "(" "(" "AND" ")" "OR" ")"'],
  return: ['Writes values as a search condition, for a subsearch.', '| return 5 user src=src_ip $dest'],
  apply: ['Applies a trained model (Machine Learning Toolkit).', '| apply my_model as score', 'assumed'],
  transpose: ['Turns rows into columns.', '| transpose 10 column_name=field header_field=host'],
};

/** Commands of other products: no page in the reference. */
const ELSEWHERE = new Set([
  'apply',
  'fit',
  'summary',
  'cyberchef',
  'adaptive_threshold',
  'first_time_event',
  'conditional_anomaly',
  'apply_model',
]);

/** What is said about a command; undefined for a name that is not in the table. */
export function commandDocs(name: string): CommandDocs | undefined {
  const entry = commandEntry(name);
  if (!entry) return undefined;
  const [summary, example, evidence = 'docs'] = ROWS[entry.name] ?? [
    'Read and printed; its arguments are not described further.',
    `| ${entry.name}`,
    'assumed',
  ];
  const link = entry.spl2 ? SPL2 : ELSEWHERE.has(entry.name) ? undefined : REFERENCE + entry.name;
  return { summary, example, evidence, ...(link ? { docs: link } : {}) };
}
