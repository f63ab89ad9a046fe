import type { FieldValue } from '../record.ts';
import { eventJsonFields, eventParts } from './event-json-fields.ts';
import { jsonFields } from './json-fields.ts';
import { kvFields } from './kv-fields.ts';
import type { Base, Content } from './source-type.ts';
import { auditFields, lineFields, stashFields, winEventFields } from './text-fields.ts';
import { xmlEventFields } from './xml-fields.ts';

type Fields = Map<string, FieldValue>;

/** Text → first fields, by kind. `json` comes parsed where it was parsed before. */
const BASES: Readonly<Record<Exclude<Base, 'auto'>, (raw: string, json: unknown, into: Fields) => Fields>> = {
  'xml-event': (raw, _json, into) => xmlEventFields(raw, into),
  json: (_raw, json, into) => {
    const event = eventParts(json);
    return event === undefined ? jsonFields(json, into) : eventJsonFields(event, into);
  },
  kv: (raw, _json, into) => kvFields(raw, into),
  'windows-message': (raw, _json, into) => winEventFields(raw, into),
  audit: (raw, _json, into) => auditFields(raw, into),
  lines: (raw, _json, into) => lineFields(raw, into),
  stash: (raw, _json, into) => stashFields(raw, into),
  none: (_raw, _json, into) => into,
};

const ADMON = /^admonEventType=/m;
const WINDOWS_MESSAGE = /^(?:LogName|EventCode|SourceName)=/m;

/** What the text is, told by its beginning. */
export function formOf(raw: string, json: unknown): Content['form'] {
  if (json !== undefined) return 'json';
  const start = raw.slice(0, 400).trimStart();
  if (start.startsWith('<Event') || /<Event[\s>]/.test(start)) return 'xml';
  return 'text';
}

function baseOf(raw: string, form: Content['form']): Exclude<Base, 'auto'> {
  if (form === 'xml') return 'xml-event';
  if (form === 'json') return 'json';
  if (/^(?:node=\S+ )?type=\S+ msg=audit\(/.test(raw)) return 'audit';
  if (ADMON.test(raw.slice(0, 2000))) return 'lines';
  return WINDOWS_MESSAGE.test(raw.slice(0, 2000)) && /^\d/.test(raw) ? 'windows-message' : 'kv';
}

/**
 * First fields of an event. A stated base gives way to the text where they disagree: XML under a sourcetype for
 * key=value events is read as XML, because its fields are what the add-on would give for the same event.
 */
export function firstFields(base: Base, raw: string, json: unknown, into: Fields): Fields {
  const form = formOf(raw, json);
  const found = baseOf(raw, form);
  const chosen = base === 'auto' || form !== 'text' ? found : base;
  return BASES[chosen === 'json' && json === undefined ? 'kv' : chosen](raw, json, into);
}
