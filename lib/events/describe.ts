import { type EventRecord, type EventStream, type FieldValue, fieldOf, type ReadSummary } from './record.ts';

/** What an input holds, for a person: `describeEvents` reads every record with all its fields. */
export interface EventOverview {
  summary: ReadSummary;
  /** Sourcetype → records, most first. */
  sourcetypes: Map<string, number>;
  /** Source → records, most first. */
  sources: Map<string, number>;
  /** Host → records, most first. */
  hosts: Map<string, number>;
  /** `sourcetype code` → records, where the events carry an event code or a name of what happened; most first. */
  events: Map<string, number>;
  /** First and last `_time`, epoch seconds; null when no record has one. */
  earliest: number | null;
  latest: number | null;
  /** Records without a time. */
  timeless: number;
  /** Field → records that have it, most first, then by name. */
  fields: Map<string, number>;
}

/** Fields that say what happened, the first one that a record has. */
export const EVENT_NAMES = [
  'EventCode',
  'EventID',
  'eventName',
  'Operation',
  'operationName',
  'eventType',
  'event_simpleName',
  'event_type',
  'type',
];
/** Distinct keys kept per count; a field with a name per event must not take all memory. */
const MOST_KEYS = 50_000;

const bump = (counts: Map<string, number>, key: string): void => {
  const count = counts.get(key);
  if (count !== undefined || counts.size < MOST_KEYS) counts.set(key, (count ?? 0) + 1);
};

const ordered = (counts: Map<string, number>): Map<string, number> =>
  new Map([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));

const text = (value: FieldValue | undefined): string | undefined =>
  typeof value === 'object' ? value[0] : value;

function nameOf(record: EventRecord): string | undefined {
  for (const field of EVENT_NAMES) {
    const value = text(fieldOf(record, field));
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** Reads a stream to its end and counts. */
export async function describeEvents(stream: EventStream): Promise<EventOverview> {
  const sourcetypes = new Map<string, number>();
  const sources = new Map<string, number>();
  const hosts = new Map<string, number>();
  const events = new Map<string, number>();
  const fields = new Map<string, number>();
  let earliest: number | null = null;
  let latest: number | null = null;
  let timeless = 0;
  for await (const batch of stream) {
    for (const record of batch) {
      const { sourcetype, time } = record;
      bump(sourcetypes, sourcetype);
      bump(sources, record.source);
      bump(hosts, record.host);
      const name = nameOf(record);
      if (name !== undefined) bump(events, `${sourcetype} ${name}`);
      for (const field of record.fields.keys()) bump(fields, field);
      if (time === null) timeless++;
      else {
        earliest = earliest === null ? time : Math.min(earliest, time);
        latest = latest === null ? time : Math.max(latest, time);
      }
    }
  }
  return {
    summary: stream.summary,
    sourcetypes: ordered(sourcetypes),
    sources: ordered(sources),
    hosts: ordered(hosts),
    events: ordered(events),
    earliest,
    latest,
    timeless,
    fields: ordered(fields),
  };
}
