import { useEffect, useRef, useState } from 'react';

/** Pixels: the least height of a row, also in a compact table. */
const ROW = { usual: 34, dense: 26 };
/** The table begins at least so far down the page; a reader who scrolled no more sees it from its top. */
const TOP = 300;
/** Milliseconds without other rows, such as another letter brings, after which the rest is drawn. */
const QUIET = 300;

/**
 * How many of the rows are drawn: those that the window can show, and soon after all of them. Farther down the page all
 * at once, as it must not become shorter than where the reader is.
 */
export function useDrawn(rows: readonly number[], dense: boolean, whole: boolean): number {
  const [settled, setSettled] = useState<readonly number[]>();
  // Looked at when they change: to ask for them while drawing makes the browser lay out the page for the answer.
  const seen = useRef<{ height: number; nearTop: boolean }>(undefined);
  useEffect(() => {
    const look = () => {
      seen.current = { height: innerHeight, nearTop: scrollY <= TOP };
    };
    look();
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    return () => {
      removeEventListener('scroll', look);
      removeEventListener('resize', look);
    };
  }, []);
  useEffect(() => {
    const later = setTimeout(() => setSettled(rows), QUIET);
    return () => clearTimeout(later);
  }, [rows]);
  if (whole || settled === rows || !seen.current?.nearTop) return rows.length;
  return Math.min(rows.length, Math.ceil(seen.current.height / ROW[dense ? 'dense' : 'usual']));
}
