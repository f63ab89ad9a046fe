import type { SourceType } from '../source-type.ts';

/** Splunk's own audit trail. */
export const splunkAudit: SourceType = {
  sourcetype: 'audittrail',
  names: ['audittrail', 'splunk_audit*'],
  source: 'audittrail',
  recognise: ({ raw }) => raw.startsWith('Audit:['),
  base: 'kv',
  steps: [
    {
      match:
        /^Audit:\[timestamp=(?<timestamp>[^,]+), user=(?<user>[^,]+), action=(?<action>[^,]+), info=(?<info>[^,\]]+)/,
      from: '_raw',
      override: true,
    },
  ],
};

/** Results written back to an index: risk events and notables. */
export const stash: SourceType = {
  sourcetype: 'stash',
  names: ['stash*'],
  source: 'stash',
  // A risk event's source is the search that wrote it; how many sources tell of an object is what risk rules count.
  sourceField: 'search_name',
  recognise: ({ raw }) => /^\d{10}(?:\.\d+)?, (?:search_name|orig_|info_|risk_)/.test(raw),
  base: 'stash',
  steps: [],
  // What is written back to an index by a risk or notable action is what the Risk data model reads.
  eventTypes: [{ name: 'risk', tags: ['risk'] }],
};

export const splunkd: SourceType = {
  sourcetype: 'splunkd',
  names: ['splunkd', 'splunk_*'],
  source: 'splunkd.log',
  recognise: ({ raw }) =>
    /^\d\d-\d\d-\d{4} \d\d:\d\d:\d\d\.\d{3} [+-]\d{4} (?:DEBUG|INFO|WARN|ERROR|FATAL) /.test(raw),
  base: 'kv',
  steps: [
    {
      match: /^\S+ \S+ \S+ (?<log_level>[A-Z]+) +(?<component>\S+) (?:\[[^\]]*\] )?-? ?(?<message>.*)/s,
      from: '_raw',
    },
  ],
};

/** `_json`: whatever the object holds. */
export const genericJson: SourceType = {
  sourcetype: '_json',
  names: ['_json', 'json', 'httpevent'],
  time: [
    '_time',
    'timestamp',
    '@timestamp',
    'time',
    'ts',
    'eventTime',
    'CreationTime',
    'datetime',
    'published',
    'createdAt',
    'created_at',
    'date',
    'UtcTime',
    'UnixTime',
    'unixTime',
  ],
  recognise: ({ form }) => form === 'json',
  base: 'json',
  steps: [],
};

/** Syslog that no other entry claims. */
export const genericSyslog: SourceType = {
  sourcetype: 'syslog',
  names: ['syslog'],
  host: ['syslog_host'],
  recognise: ({ raw }) =>
    /^(?:<\d{1,3}>)?(?:\d )?(?:[A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) \S+ /.test(raw),
  base: 'kv',
  steps: [
    {
      match:
        /^(?:<\d{1,3}>)?(?:\d )?(?:[A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) (?<syslog_host>[^\s:]+) (?:(?<process>[^\s[:]+)(?:\[(?<pid>\d+)\])?:)?/,
      from: '_raw',
    },
  ],
};
