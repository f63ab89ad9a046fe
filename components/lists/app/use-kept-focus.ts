import { type RefObject, useEffect, useRef } from 'react';

/**
 * A place that takes the focus when a change took away the control that had it, such as the button of a filter that
 * is no more: the keyboard goes on from there instead of from the top of the page.
 */
export function useKeptFocus(state: unknown): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    if (document.activeElement === document.body) place.current?.focus({ preventScroll: true });
  }, [state]);
  return place;
}
