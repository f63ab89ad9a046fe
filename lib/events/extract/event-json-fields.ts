import type { FieldValue } from '../record.ts';
import { cleanName } from './xml-fields.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Dumpers write GUIDs bare and in upper case, Windows writes them in braces; so does the add-on's field. */
const BARE_GUID = /^[0-9A-F]{8}-(?:[0-9A-F]{4}-){3}[0-9A-F]{12}$/;

const textOf = (value: unknown): string => {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return BARE_GUID.test(text) ? `{${text}}` : text;
};

/** Whether an object is a Windows event as `evtx_dump` and its like write it: `{"Event": {"System": ...}}`. */
export const isEventJson = (json: unknown): json is { Event: Json } =>
  isObject(json) && isObject(json['Event']) && isObject(json['Event']['System']);

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
  if ('#text' in value) put(into, name, value['#text']);
}

function leaves(into: Map<string, FieldValue>, value: unknown): void {
  if (!isObject(value)) return;
  for (const name in value) {
    if (name === '#attributes') continue;
    const member = value[name];
    if (isObject(member) && !('#text' in member)) leaves(into, member);
    else put(into, cleanName(name), isObject(member) ? member['#text'] : member);
  }
}

/** Fields of one Windows event in that JSON, under the names that its XML gives. */
export function eventJsonFields(
  json: { Event: Json },
  into: Map<string, FieldValue>,
): Map<string, FieldValue> {
  const { System, EventData, UserData } = json.Event;
  if (isObject(System)) for (const name in System) element(into, name, System[name]);
  leaves(into, EventData);
  leaves(into, UserData);
  const id = into.get('EventID');
  if (id !== undefined) into.set('EventCode', id);
  return into;
}
