import { fromJson, isList, isMap, type Value } from '../value/value.ts';

/** Member of a map, or of an object written as JSON text; null otherwise. */
export function memberOf(container: Value, key: string): Value {
  if (container === null || isList(container)) return null;
  if (isMap(container)) return container.map.get(key) ?? null;
  if (typeof container !== 'string' || container[0] !== '{') return null;
  const parsed = parsedOf(container);
  return isMap(parsed) ? (parsed.map.get(key) ?? null) : null;
}

/** Texts kept read, twice at most: searches ask for many members of the same events, one after another. */
const MOST_READ = 8192;
let read = new Map<string, Value>();
let readBefore = new Map<string, Value>();

function parsedOf(text: string): Value {
  const known = read.get(text);
  if (known !== undefined) return known;
  const parsed = readBefore.get(text) ?? parse(text);
  if (read.size >= MOST_READ) {
    readBefore = read;
    read = new Map();
  }
  read.set(text, parsed);
  return parsed;
}

function parse(text: string): Value {
  try {
    return fromJson(JSON.parse(text));
  } catch {
    return null;
  }
}
