import { useEffect, useRef } from 'react';
import { countBits } from '../../../lib/lists/bits.ts';
import type { ListData } from '../../../lib/lists/open.ts';
import { type ListState, toggled } from '../../../lib/lists/state.ts';
import { Facet } from './facet.tsx';
import { HaveData } from './have-data.tsx';
import type { Change } from './use-list-state.ts';
import type { Rows } from './use-rows.ts';

interface FacetsProps {
  data: ListData;
  state: ListState;
  rows: Rows;
  change: Change;
}

/** Everything to choose by: the data that the reader has, then the facets. */
export function Facets({ data, state, rows, change }: FacetsProps) {
  const { filtered } = rows;
  return (
    <div className="facets" role="group" aria-label="Filters">
      <HaveData {...{ data, state, rows, change }} />
      {data.facets.map((field) => {
        const { key } = field.file;
        return (
          <Facet
            key={key}
            field={field}
            chosen={state.chosen[key] ?? []}
            rows={filtered.without.get(key) ?? filtered.rows}
            onToggle={(value) => change({ chosen: toggled(state, key, value) })}
          />
        );
      })}
    </div>
  );
}

/** The same on a narrow screen, over the list. */
export function FacetDrawer({ onClose, ...props }: FacetsProps & { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { data, rows } = props;
  const count = countBits(rows.filtered.rows);
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
