import { memo, useCallback, useEffect, useRef } from 'react';
import { countBits } from '../../../lib/lists/bits.ts';
import type { Filtered } from '../../../lib/lists/filter.ts';
import type { ListData } from '../../../lib/lists/open.ts';
import { type ListState, toggled } from '../../../lib/lists/state.ts';
import { Facet } from './facet.tsx';
import { HaveData } from './have-data.tsx';
import type { Change } from './use-list-state.ts';

interface FacetsProps extends Pick<ListState, 'chosen' | 'have'> {
  data: ListData;
  filtered: Filtered;
  change: Change;
}

const NONE: readonly string[] = [];

/** Everything to choose by: the data that the reader has, then the facets. */
export const Facets = memo(function Facets({ data, chosen, have, filtered, change }: FacetsProps) {
  // The same function for good, so that facets whose rows stay need not be drawn again.
  const latest = useRef(chosen);
  latest.current = chosen;
  const onToggle = useCallback(
    (key: string, value: string) => change({ chosen: toggled({ chosen: latest.current }, key, value) }),
    [change],
  );
  return (
    <div className="facets" role="group" aria-label="Filters">
      <HaveData {...{ data, have, filtered, change }} />
      {data.facets.map((field) => {
        const { key } = field.file;
        return (
          <Facet
            key={key}
            field={field}
            chosen={chosen[key] ?? NONE}
            rows={filtered.without.get(key) ?? filtered.rows}
            onToggle={onToggle}
          />
        );
      })}
    </div>
  );
});

/** The same on a narrow screen, over the list. */
export function FacetDrawer({ onClose, ...props }: FacetsProps & { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { data, filtered } = props;
  const count = countBits(filtered.rows);
  return (
    <dialog ref={dialog} className="drawer" aria-label="Filters" onClose={onClose}>
      <Facets {...props} />
      <p className="drawer-end">
        <button type="button" className="primary" onClick={() => dialog.current?.close()}>
          Show {count.toLocaleString('en')} {data.file.noun[count === 1 ? 0 : 1]}
        </button>
      </p>
    </dialog>
  );
}
