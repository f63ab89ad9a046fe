import { useMemo, useState } from 'react';
import { and, countBits } from '../../../lib/lists/bits.ts';
import { type Filtered, rowsWithData } from '../../../lib/lists/filter.ts';
import type { ListData } from '../../../lib/lists/open.ts';
import type { ListState } from '../../../lib/lists/state.ts';
import { DataDialog } from './data-dialog.tsx';
import { useMyData } from './my-data.ts';
import type { Change } from './use-list-state.ts';
import { HAVE } from './use-rows.ts';

interface HaveDataProps extends Pick<ListState, 'have'> {
  data: ListData;
  filtered: Filtered;
  change: Change;
}

/** Cuts the list to rows that the reader's data sources suffice for. */
export function HaveData({ data, have, filtered, change }: HaveDataProps) {
  const [mine, setMine] = useMyData();
  const [choosing, setChoosing] = useState(false);
  const { needs } = data;
  const sources = have ?? mine;
  const enough = useMemo(() => needs && rowsWithData(needs, new Set(sources)), [needs, sources]);
  if (!needs || !enough) return null;
  const others = filtered.without.get(HAVE) ?? filtered.rows;
  const runnable = countBits(and(others, enough));
  const foreign = have !== undefined && !sameKeys(have, mine);
  const toggle = () => {
    if (have) change({ have: undefined });
    else if (mine.length > 0) change({ have: mine });
    else setChoosing(true);
  };
  return (
    <div className="have">
      <label>
        <input type="checkbox" checked={have !== undefined} onChange={toggle} />{' '}
        <span>
          Only {data.file.noun[1]} I have{data.file.list === 'data-sources' ? '' : ' data for'}
        </span>{' '}
        {sources.length > 0 ? <span className="n">{runnable.toLocaleString('en')}</span> : null}
      </label>
      <p>
        <button type="button" className="link" onClick={() => setChoosing(true)}>
          {mine.length === 0 ? 'Choose your data sources' : `Your data sources: ${mine.length}`}
        </button>
      </p>
      {foreign ? (
        <p className="remark">
          This address brings its own {have.length} data {have.length === 1 ? 'source' : 'sources'}.{' '}
          <button type="button" className="link" onClick={() => setMine(have)}>
            Keep them as mine
          </button>
        </p>
      ) : null}
      {choosing ? (
        <DataDialog
          data={data}
          needs={needs}
          chosen={mine}
          onClose={(keys) => {
            setChoosing(false);
            if (!keys) return;
            setMine(keys);
            change({ have: keys.length > 0 ? keys : undefined });
          }}
        />
      ) : null}
    </div>
  );
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  const keys = new Set(b);
  return a.length === keys.size && a.every((key) => keys.has(key));
}
