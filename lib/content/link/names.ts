/** Objects by kind and name, and the nearest name to one that nothing has. */
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
    const wanted = name.toLowerCase();
    const most = Math.max(2, Math.floor(wanted.length / 4));
    const found: { candidate: string; distance: number }[] = [];
    for (const candidate of this.lists.get(kind) ?? []) {
      if (Math.abs(candidate.length - wanted.length) > most) continue;
      const apart = distance(wanted, candidate.toLowerCase(), most);
      if (apart <= most) found.push({ candidate, distance: apart });
    }
    found.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
    const names = found.slice(0, 2).map(({ candidate }) => candidate);
    this.nearest.set(key, names);
    return names;
  }
}

export function referenceTo(object: ContentObject): Reference {
  return { name: object.name, kind: object.kind, slug: object.slug };
}

/** Levenshtein distance, given up with a larger number as soon as it exceeds `most`. */
function distance(a: string, b: string, most: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const value = Math.min(change, row[j]! + 1, next[j - 1]! + 1);
      next.push(value);
      if (value < least) least = value;
    }
    if (least > most) return most + 1;
    row = next;
  }
  return row[b.length]!;
}
