import { useCallback, useRef, useState } from 'react';

export interface Selection {
  rows: ReadonlySet<number>;
  /** Changes one row, or with `range` gives all rows since the last one changed the state that this one gets. */
  toggle: (row: number, range: boolean, ordered: ArrayLike<number>) => void;
  set: (rows: Iterable<number>, on: boolean) => void;
  clear: () => void;
}

/** Rows that the reader selected. They stay selected while filters come and go. */
export function useSelection(): Selection {
  const [rows, setRows] = useState<ReadonlySet<number>>(new Set<number>());
  const last = useRef<number>(undefined);

  const set = useCallback((changed: Iterable<number>, on: boolean) => {
    setRows((before) => {
      const next = new Set(before);
      for (const row of changed) {
        if (on) next.add(row);
        else next.delete(row);
      }
      return next;
    });
  }, []);
  const selected = useRef(rows);
  selected.current = rows;
  const toggle = useCallback(
    (row: number, range: boolean, ordered: ArrayLike<number>) => {
      const on = !selected.current.has(row);
      const places = Array.from(ordered);
      const from = range && last.current !== undefined ? places.indexOf(last.current) : -1;
      const to = places.indexOf(row);
      set(from < 0 ? [row] : places.slice(Math.min(from, to), Math.max(from, to) + 1), on);
      last.current = row;
    },
    [set],
  );
  const clear = useCallback(() => setRows(new Set<number>()), []);
  return { rows, toggle, set, clear };
}
