import { fromJson, isList, isMap, type Value } from '../value/value.ts';

/** Member of a map, or of an object written as JSON text; null otherwise. */
export function memberOf(container: Value, key: string): Value {
  if (container === null || isList(container)) return null;
  if (isMap(container)) return container.map.get(key) ?? null;
  if (typeof container !== 'string' || container[0] !== '{') return null;
  try {
    const parsed = fromJson(JSON.parse(container));
    return isMap(parsed) ? (parsed.map.get(key) ?? null) : null;
  } catch {
    return null;
  }
}
