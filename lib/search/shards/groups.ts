/** A threat group's techniques, and their tactics: those that name it. Written once, with the techniques. */
import type { Lists, Row, ValueColumn } from './decode.ts';

export function addGroupTechniques(rows: readonly Row[], columns: Map<string, ValueColumn>): void {
  const group = columns.get('group')!;
  const documentOf = new Map(
    rows.flatMap(({ kind, name }, at) => (kind === 'group' ? [[name, at] as const] : [])),
  );
  const users = rows.map((): number[] => []);
  rows.forEach(({ kind }, document) => {
    if (kind !== 'technique') return;
    for (const value of valuesOf(group.lists, document)) {
      const user = documentOf.get(group.values[value]!);
      if (user !== undefined) users[user]!.push(document);
    }
  });
  for (const key of ['technique', 'tactic']) {
    const { values, lists } = columns.get(key)!;
    const more = users.map((techniques) => [
      ...new Set(techniques.flatMap((technique) => [...valuesOf(lists, technique)])),
    ]);
    columns.set(key, { values, lists: extended(lists, more) });
  }
}

function valuesOf({ starts, numbers }: Lists, document: number): Uint32Array {
  return numbers.subarray(starts[document], starts[document + 1]);
}

function extended(lists: Lists, more: readonly (readonly number[])[]): Lists {
  const all = more.map((added, document) => [...valuesOf(lists, document), ...added]);
  const starts = new Uint32Array(all.length + 1);
  all.forEach(({ length }, at) => {
    starts[at + 1] = starts[at]! + length;
  });
  return { starts, numbers: Uint32Array.from(all.flat()) };
}
