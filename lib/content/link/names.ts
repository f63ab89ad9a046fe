/** Objects by kind and name, and the nearest name to one that nothing has. */
import { nearestNames } from '../../text/nearest.ts';
import type { ContentObject, Kind, Reference } from '../model.ts';

export type ObjectOf<K extends Kind> = Extract<ContentObject, { kind: K }>;

export class Names {
  private readonly exact = new Map<string, ContentObject>();
  private readonly folded = new Map<string, ContentObject>();
  private readonly lists = new Map<Kind, string[]>();
  private readonly nearest = new Map<string, string[]>();

  /** Of two objects of one name the first counts; the order is that of content folders and paths. */
  constructor(objects: readonly ContentObject[]) {
    for (const object of objects) {
      const exact = `${object.kind} ${object.name}`;
      if (this.exact.has(exact)) continue;
      this.exact.set(exact, object);
      const folded = exact.toLowerCase();
      if (!this.folded.has(folded)) this.folded.set(folded, object);
      const list = this.lists.get(object.kind);
      if (list) list.push(object.name);
      else this.lists.set(object.kind, [object.name]);
    }
  }

  /** By exact name. */
  get<K extends Kind>(kind: K, name: string): ObjectOf<K> | undefined {
    return this.exact.get(`${kind} ${name}`) as ObjectOf<K> | undefined;
  }

  /** By name, letter case ignored: what a reference falls back to. */
  getFolded<K extends Kind>(kind: K, name: string): ObjectOf<K> | undefined {
    return this.folded.get(`${kind} ${name}`.toLowerCase()) as ObjectOf<K> | undefined;
  }

  has(kind: Kind): boolean {
    return this.lists.has(kind);
  }

  /** Up to two names of the kind that differ by a few letters, nearest first. */
  near(kind: Kind, name: string): string[] {
    const key = `${kind} ${name}`;
    const known = this.nearest.get(key);
    if (known) return known;
    const names = nearestNames(name, this.lists.get(kind) ?? []);
    this.nearest.set(key, names);
    return names;
  }
}

export function referenceTo(object: ContentObject): Reference {
  return { name: object.name, kind: object.kind, slug: object.slug };
}
