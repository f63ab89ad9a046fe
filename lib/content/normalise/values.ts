/** Small shapes of the model that several kinds share. */
import type { Reference } from '../model.ts';

/** `A AND B` in one entry: both are needed; entries are alternatives. */
export function dataSources(entries: string[]): Reference[][] {
  return entries
    .map((entry) => references(entry.split(/\s+AND\s+/)))
    .filter((alternative) => alternative.length > 0);
}

export function references(names: string[]): Reference[] {
  return names
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => ({ name }));
}

/** Only the keys that have a value: an absent scalar has no key in the artifact. */
export function optional<T extends Record<string, string | number | boolean | undefined>>(
  values: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
