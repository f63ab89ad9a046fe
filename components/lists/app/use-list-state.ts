import { useCallback, useEffect, useRef, useState } from 'react';
import type { ListData } from '../../../lib/lists/open.ts';
import { formatState, type ListState, parseState } from '../../../lib/lists/state.ts';

export type Change = (changed: Partial<ListState>) => void;

/**
 * The list's state, which is the address's: a change writes it, back and forward read it. Letters typed one after
 * another are one step of the history. Whatever changes, the list begins at its first page again.
 */
export function useListState(data: ListData): [ListState, Change] {
  const [state, setState] = useState(() => read(data));
  const current = useRef(state);
  const typing = useRef(false);

  const show = useCallback((next: ListState) => {
    current.current = next;
    setState(next);
  }, []);

  useEffect(() => {
    const fromAddress = () => {
      typing.current = false;
      show(read(data));
    };
    addEventListener('popstate', fromAddress);
    return () => removeEventListener('popstate', fromAddress);
  }, [data, show]);

  const change = useCallback<Change>(
    (changed) => {
      const next = { ...current.current, page: 1, ...changed };
      const types = 'text' in changed;
      const write = types && typing.current ? 'replaceState' : 'pushState';
      history[write](null, '', location.pathname + formatState(next));
      typing.current = types;
      show(next);
    },
    [show],
  );
  return [state, change];
}

/** The address's state. Pages link to a category by the anchor that the plain list has for it; it is a filter here. */
function read(data: ListData): ListState {
  const keys = data.facets.map(({ file }) => file.key);
  const state = parseState(location.search, keys);
  const categories = data.facets.find(({ file }) => file.key === 'category')?.file.values ?? [];
  const category = categories.find((value) => location.hash === `#${encodeURIComponent(value)}`);
  if (category === undefined) return state;
  const linked = { ...state, chosen: { ...state.chosen, category: [category] } };
  history.replaceState(null, '', location.pathname + formatState(linked));
  return linked;
}
