import type { FieldValue } from '../record.ts';
import { cleanName } from './xml-fields.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Dumpers write GUIDs bare and in upper case, Windows writes them in braces; so does the add-on's field. */
const BARE_GUID = /^[0-9A-F]{8}-(?:[0-9A-F]{4}-){3}[0-9A-F]{12}$/;

export const bracedGuid = (text: string): string => (BARE_GUID.test(text) ? `{${text}}` : text);

const textOf = (value: unknown): string =>
  bracedGuid(typeof value === 'object' ? JSON.stringify(value) : String(value));

/** A Windows event's parts, wherever its dumper or shipper put them. */
interface EventParts {
  system: Json;
  data: unknown;
  user: unknown;
}

/** How Winlogbeat names what `System` holds. */
const WINLOG: Readonly<Record<string, string>> = {
  channel: 'Channel',
  computer_name: 'Computer',
  event_id: 'EventID',
  keywords: 'Keywords',
  opcode: 'Opcode',
  provider_guid: 'Guid',
  provider_name: 'Name',
  record_id: 'EventRecordID',
  task: 'Task',
  version: 'Version',
};

/**
 * The parts of a Windows event in JSON: `{"Event": {"System": ...}}` as `evtx_dump` and its like write it, the same
 * without the outer object, or Winlogbeat's `winlog`. Undefined for any other object.
 */
export function eventParts(json: unknown): EventParts | undefined {
  if (!isObject(json)) return undefined;
  const event = isObject(json.Event) ? json.Event : json;
  if (isObject(event.System)) return { system: event.System, data: event.EventData, user: event.UserData };
  const winlog = json.winlog;
  if (!isObject(winlog) || winlog.event_id === undefined) return undefined;
  const system: Json = { SystemTime: json['@timestamp'] };
  for (const name in winlog) {
    const own = WINLOG[name];
    if (own !== undefined) system[own] = winlog[name];
  }
  return { system, data: winlog.event_data, user: winlog.user_data };
}

function put(into: Map<string, FieldValue>, name: string, value: unknown): void {
  if (value === null || value === undefined || value === '') return;
  if (Array.isArray(value)) into.set(name, value.length === 1 ? textOf(value[0]) : value.map(textOf));
  else into.set(name, textOf(value));
}

/** Attributes stand under `#attributes`, an element's text under `#text` when it has both. */
function element(into: Map<string, FieldValue>, name: string, value: unknown): void {
  if (!isObject(value)) {
    put(into, name, value);
    return;
  }
  const attributes = value['#attributes'];
  if (isObject(attributes))
    for (const key in attributes) if (key !== 'xmlns') put(into, key, attributes[key]);
  for (const key in value) if (key.startsWith('@') && key !== '@xmlns') put(into, key.slice(1), value[key]);
  if ('#text' in value) put(into, name, value['#text']);
}

/** `{"@Name": "Image", "#text": "..."}`: a `Data` element as converters from XML write it. */
const nameOf = (entry: Json): string | undefined => {
  const attributes = entry['#attributes'];
  const name = entry['@Name'] ?? entry.Name ?? (isObject(attributes) ? attributes.Name : undefined);
  return typeof name === 'string' ? name : undefined;
};

function leaves(into: Map<string, FieldValue>, value: unknown): void {
  if (!isObject(value)) return;
  for (const name in value) {
    if (name === '#attributes') continue;
    const member = value[name];
    if (Array.isArray(member) && member.every((entry) => isObject(entry) && nameOf(entry) !== undefined)) {
      for (const entry of member as Json[])
        put(into, cleanName(nameOf(entry) ?? name), entry['#text'] ?? entry.Value);
    } else if (isObject(member) && !('#text' in member)) leaves(into, member);
    else put(into, cleanName(name), isObject(member) ? member['#text'] : member);
  }
}

/** Fields of one Windows event in JSON, under the names that its XML gives. */
export function eventJsonFields(
  { system, data, user }: EventParts,
  into: Map<string, FieldValue>,
): Map<string, FieldValue> {
  for (const name in system) element(into, name, system[name]);
  leaves(into, data);
  leaves(into, user);
  const id = into.get('EventID');
  if (id !== undefined) into.set('EventCode', id);
  return into;
}
