/**
 * Building blocks of the schemas. The error text of every block says what is accepted, as the end of the sentence
 * "`key` must be …"; each block takes the description that documentation and editors show.
 */
import { z } from 'zod';

/** Text; a number or a boolean without quotes is taken as it is written. */
export function text(description: string) {
  return z.union([z.string(), z.number(), z.boolean()], { error: 'a text' }).meta({ description });
}

/** Text with something in it. */
export function filledText(description: string) {
  return z
    .string({ error: 'a text' })
    .regex(/\S/, { error: 'a text that is not empty' })
    .meta({ description });
}

export function number(description: string) {
  return z.number({ error: 'a number' }).meta({ description });
}

/** A whole number from `least` to `most`. */
export function whole(description: string, least = 0, most = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  const error = `a whole number ${range}`;
  return z.int({ error }).min(least, { error }).max(most, { error }).meta({ description });
}

export function flag(description: string) {
  return z.boolean({ error: '`true` or `false`' }).meta({ description });
}

/** `true`, `false` or the same as text, as the lookups of generation 1 have it. */
export function looseFlag(description: string) {
  return z
    .union([z.boolean(), z.enum(['true', 'false'])], { error: '`true` or `false`' })
    .meta({ description });
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T, description: string) {
  const accepted = values.map((value) => `\`${value}\``).join(', ');
  return z.enum(values, { error: `one of ${accepted}` }).meta({ description });
}

export function list<T extends z.ZodType>(item: T, description: string) {
  return z.array(item, { error: 'a list' }).meta({ description });
}

export function texts(description: string) {
  return list(text('One of them.'), description);
}

export function filledList<T extends z.ZodType>(item: T, description: string) {
  return z
    .array(item, { error: 'a list' })
    .min(1, { error: 'a list that is not empty' })
    .meta({ description });
}

export function object<T extends z.ZodRawShape>(shape: T, description: string) {
  return z.strictObject(shape, { error: 'a mapping of keys to values' }).meta({ description });
}

/** A mapping whose further keys nobody checks. */
export function openObject<T extends z.ZodRawShape>(shape: T, description: string) {
  return z.looseObject(shape, { error: 'a mapping of keys to values' }).meta({ description });
}

function pattern(expression: RegExp, error: string, description: string) {
  return z.string({ error }).regex(expression, { error }).meta({ description });
}

export const uuid = (description: string) =>
  pattern(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
    'a UUID, such as `72170ec5-f7d2-42f5-aefb-2b8be6aad15f`',
    description,
  );

export const date = (description: string) =>
  pattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a date, such as `2026-05-13`', description);

export const url = (description: string) =>
  pattern(/^https?:\/\/\S+$/i, 'an address that begins with `http://` or `https://`', description);

export const techniqueId = (description: string) =>
  pattern(/^T\d{4}(\.\d{3})?$/, 'a technique ID, such as `T1059` or `T1059.001`', description);

export const mitigationId = (description: string) =>
  pattern(/^M1\d{3}$/, 'the ID of a mitigation of ATT&CK, such as `M1040`', description);

export const cveId = (description: string) =>
  pattern(/^CVE-\d{4}-\d{4,7}$/i, 'a CVE ID, such as `CVE-2021-44228`', description);

export const domains = ['access', 'audit', 'endpoint', 'identity', 'network', 'threat'] as const;
export const detectionTypes = ['TTP', 'Anomaly', 'Hunting', 'Correlation'] as const;

/** Types of threat object (generations 2 and 3). */
export const threatObjectTypes = [
  'certificate_common_name',
  'certificate_organization',
  'certificate_serial',
  'certificate_unit',
  'command',
  'domain',
  'email_address',
  'email_subject',
  'file_hash',
  'file_name',
  'file_path',
  'http_user_agent',
  'ip_address',
  'process',
  'process_name',
  'parent_process',
  'parent_process_name',
  'process_hash',
  'registry_path',
  'registry_value_name',
  'registry_value_text',
  'service',
  'signature',
  'system',
  'tls_hash',
  'url',
] as const;

export const riskObjectTypes = ['system', 'user', 'other'] as const;

/** Keys that every object of generations 1 and 2 begins with. */
export const datedHead = {
  name: filledText('Name, unique among objects of the kind.'),
  id: uuid('UUID, never changed.'),
  version: whole('Raised with every change.'),
  date: date('Day of the last change.'),
  author: text('Authors, separated by commas.'),
  description: text('What it does and why it matters. Markdown.'),
};

/** Keys that every object of generation 3 begins with. */
export const trackedHead = {
  name: filledText('Name, unique among objects of the kind; never changed between releases.'),
  id: uuid('UUID, never changed.'),
  version: whole('Raised with every change.', 1),
  creation_date: date('Day on which it was first written.'),
  modification_date: date('Day of the last change.'),
  author: text('Authors, separated by commas.'),
  description: text('What it does and why it matters. Markdown.'),
};

/** One thing to do, and what to type or paste for it. */
export function steps(description: string) {
  const step = object(
    { text: filledText('What to do. Markdown.'), code: text('What to type or paste.').optional() },
    'One thing to do.',
  );
  return list(step, description);
}

export const references = list(url('Address of a source.'), 'Sources, as addresses.');

/** Keys that every object of the kinds with one shape begins with. */
export const ownHead = { ...trackedHead, references: references.optional() };

export const deprecationInfo = object(
  {
    reason: text('Why it is deprecated.'),
    removed_in_version: text('Version of the content pack in which it goes.'),
    replacement_content: texts('Names of what replaces it.').optional(),
  },
  'Why it is deprecated, when it goes, and what replaces it.',
);

const dataKeys = {
  data: text('Address of the log file, or its path in the content folder.'),
  source: text('`source` under which Splunk indexes it.'),
  sourcetype: text('`sourcetype` under which Splunk indexes it.'),
  index: text('Index.').optional(),
  custom_index: text('Index, as generations 1 and 2 call it.').optional(),
  host: text('Host.').optional(),
};

/** A log that a test replays. */
export const attackData = object(dataKeys, 'A log that the test replays.');

/** The same in generation 1, where some files also say that time stamps are to be moved to now. */
export const attackDataG1 = object(
  { ...dataKeys, update_timestamp: flag('Whether time stamps are moved to now.').optional() },
  'A log that the test replays.',
);

/** Behavioral Analytics names no sourcetype where the source says enough. */
export const attackDataSsa = object(
  {
    ...dataKeys,
    sourcetype: dataKeys.sourcetype.optional(),
    source: dataKeys.source.optional(),
    file_name: text('Name under which the log is kept.').optional(),
    update_timestamp: flag('Whether time stamps are moved to now.').optional(),
  },
  'A log that the test replays.',
);

export const expectedResults = whole(
  'Results that the test expects; 0 makes it a test for false positives. At least one when absent.',
).optional();

export function unitTest<T extends z.ZodType>(data: T) {
  return object(
    {
      name: text('Name of the test.'),
      attack_data: filledList(data, 'Logs that the test replays.'),
      expected_results: expectedResults,
      pass_condition: text('Condition on the number of results, such as `@count_gt(0)`.').optional(),
      earliest_time: text('Earliest time of the search.').optional(),
      latest_time: text('Latest time of the search.').optional(),
      description: text('What the test shows.').optional(),
      file: text('Detection file that the test is for.').optional(),
    },
    'A test: logs, and how many results they give.',
  );
}

export const drilldowns = list(
  object(
    {
      name: text('Label of the link.'),
      search: text('Search; `%original_detection_search%` stands for the search of the detection.'),
      earliest_offset: text('Earliest time, relative to the finding.'),
      latest_offset: text('Latest time, relative to the finding.'),
    },
    'A search that an analyst opens from a finding.',
  ),
  'Searches that an analyst opens from a finding.',
);

export const scheduling = object(
  {
    cron_schedule: text('When the search runs, in cron notation.'),
    earliest_time: text('Earliest time of the search.'),
    latest_time: text('Latest time of the search.'),
    schedule_window: text('How late a run may start: minutes or `auto`.'),
  },
  'When the search runs, and over what time.',
);

export const deployment = openObject({ scheduling: scheduling.optional() }, 'Its own schedule and actions.');
