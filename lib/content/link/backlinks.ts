/** The other direction of links: what names an object, in order of name. */
import type { ContentObject, Reference } from '../model.ts';
import type { Context } from './context.ts';
import { referenceTo } from './names.ts';

export class Backlinks {
  private readonly found = new Map<ContentObject, Map<ContentObject, Reference>>();

  constructor(private readonly context: Context) {}

  /** `from` names these; references that mean nothing are passed over. */
  add(from: ContentObject, references: readonly Reference[]): void {
    for (const { kind, name } of references) {
      const target = kind && this.context.names.get(kind, name);
      if (!target || target === from) continue;
      const list = this.found.get(target) ?? new Map<ContentObject, Reference>();
      if (!list.has(from)) list.set(from, referenceTo(from));
      this.found.set(target, list);
    }
  }

  /** Everything that names `target`, by kinds. */
  to(target: ContentObject, ...kinds: ContentObject['kind'][]): Reference[] {
    const list = [...(this.found.get(target)?.values() ?? [])];
    const wanted = kinds.length === 0 ? list : list.filter(({ kind }) => kind && kinds.includes(kind));
    return wanted.sort(byName);
  }
}

export function byName(a: { name: string }, b: { name: string }): number {
  const left = a.name.toLowerCase();
  const right = b.name.toLowerCase();
  return left < right ? -1 : left > right ? 1 : a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** Both lists, each object once. */
export function union(first: readonly Reference[], second: readonly Reference[]): Reference[] {
  const seen = new Set(first.map(({ name }) => name));
  return [...first, ...second.filter(({ name }) => !seen.has(name))];
}
