import { useEffect, useMemo, useRef, useState } from 'react';
import { groupBy } from '../../../lib/collections.ts';
import { countBits } from '../../../lib/lists/bits.ts';
import { rowsWithData } from '../../../lib/lists/filter.ts';
import type { SourceFile } from '../../../lib/lists/model.ts';
import type { ListData, Needs } from '../../../lib/lists/open.ts';

interface DataDialogProps {
  data: ListData;
  needs: Needs;
  chosen: readonly string[];
  /** With the keys that were chosen; without any where it was left. */
  onClose: (keys?: string[]) => void;
}

/** Which data sources a reader has, by platform. */
export function DataDialog({ data, needs, chosen, onClose }: DataDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set(chosen));
  const [wanted, setWanted] = useState('');
  useEffect(() => dialog.current?.showModal(), []);
  const groups = useMemo(() => {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = needs.file.sources.filter(({ name, group }) =>
      words.every((word) => `${name} ${group}`.toLowerCase().includes(word)),
    );
    return [...groupBy(shown, ({ group }) => group)].sort(([a], [b]) => (a < b ? -1 : 1));
  }, [needs, wanted]);
  const runnable = useMemo(() => countBits(rowsWithData(needs, keys)), [needs, keys]);
  const toggle = (sources: readonly SourceFile[]) => {
    const next = new Set(keys);
    const off = sources.every(({ key }) => keys.has(key));
    for (const { key } of sources) {
      if (off) next.delete(key);
      else next.add(key);
    }
    setKeys(next);
  };
  return (
    <dialog ref={dialog} className="drawer data" aria-labelledby="data-title" onClose={() => onClose()}>
      <h2 id="data-title">Data sources I have</h2>
      <p>
        Kept in this browser, for all lists of this site. A row counts where one of its data sources is here;
        where it needs several at once, all of them.
      </p>
      <input
        type="text"
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        aria-label="Find a data source"
        placeholder="Find a data source"
        autoComplete="off"
        spellCheck={false}
      />
      <div className="data-groups">
        {groups.map(([group, sources]) => (
          <fieldset key={group}>
            <legend>{group}</legend>
            <button type="button" className="link" onClick={() => toggle(sources)}>
              {sources.every(({ key }) => keys.has(key)) ? 'None' : 'All'}
              <span className="sr"> of {group}</span>
            </button>
            <ul className="values">
              {sources.map((source) => (
                <li key={source.key}>
                  <label>
                    <input type="checkbox" checked={keys.has(source.key)} onChange={() => toggle([source])} />{' '}
                    <span>{source.name}</span>
                  </label>
                </li>
              ))}
            </ul>
          </fieldset>
        ))}
        {groups.length === 0 ? <p className="remark">No data source has “{wanted}”.</p> : null}
      </div>
      <p className="drawer-end">
        <button type="button" className="primary" onClick={() => onClose([...keys])}>
          Keep {keys.size.toLocaleString('en')} {keys.size === 1 ? 'source' : 'sources'}
        </button>
        <button type="button" onClick={() => dialog.current?.close()}>
          Cancel
        </button>
        <span role="status">
          Enough for {runnable.toLocaleString('en')} of {data.rows.toLocaleString('en')} {data.file.noun[1]}
        </span>
      </p>
    </dialog>
  );
}
