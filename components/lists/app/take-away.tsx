import { useState } from 'react';
import type { ListData } from '../../../lib/lists/open.ts';
import { formatState, type ListState } from '../../../lib/lists/state.ts';
import { download } from '../../tester/export.ts';
import { EXPORTS } from './exports.ts';

/** Longest address that is offered: servers and messengers refuse or cut longer ones. */
const LONGEST_ADDRESS = 8_000;

interface TakeAwayProps {
  data: ListData;
  state: ListState;
  base: string;
  /** The selected rows in the list's order, or all that are left where none is selected. */
  rows: ArrayLike<number>;
  selected: number;
  onClear: () => void;
  onSelectAll: () => void;
  total: number;
}

/** What one does with rows: with those selected, or with all that the filters leave. */
export function TakeAway(props: TakeAwayProps) {
  const { data, state, base, selected, total, onClear, onSelectAll } = props;
  const [said, setSaid] = useState('');
  const rows = Array.from(props.rows);
  const site = location.origin + base;
  const count = rows.length;
  const what = `${count.toLocaleString('en')} ${data.file.noun[count === 1 ? 0 : 1]}`;

  const take = async ({ make, file, type, label }: (typeof EXPORTS)[number]) => {
    setSaid(`Preparing ${label}…`);
    try {
      download(file(data.file.list), await make({ data, rows, site, base }), type);
      setSaid(`Saved ${what} as ${label}.`);
    } catch (error) {
      setSaid(`${label} could not be made: ${error instanceof Error ? error.message : error}`);
    }
  };
  const copyLink = async () => {
    const only = rows.map((row) => data.slugs[row]!);
    const query =
      selected > 0
        ? formatState({ ...state, text: '', chosen: {}, have: undefined, page: 1, only })
        : location.search;
    const link = location.origin + location.pathname + query;
    if (link.length > LONGEST_ADDRESS) {
      setSaid(`A link to ${what} is too long; filter to them and copy the link to the filter.`);
      return;
    }
    try {
      await navigator.clipboard.writeText(link);
      setSaid(selected > 0 ? `Link to ${what} copied.` : 'Link to this list copied.');
    } catch {
      setSaid(`The link is ${link}`);
    }
  };
  // A slug has more than a letter: of more rows than this the address is too long before it is made.
  const scanned = count <= LONGEST_ADDRESS / 2 ? rows.map((row) => data.slugs[row]).join(',') : '';
  const scan = `${base}/scan/?rules=${scanned}`;
  return (
    <div className="take-away" role="group" aria-label="Take away">
      <span className="what">
        {selected > 0 ? `${selected.toLocaleString('en')} selected` : `All ${what}`}
      </span>
      {selected > 0 ? (
        <>
          {selected < total ? (
            <button type="button" className="link" onClick={onSelectAll}>
              Select all {total.toLocaleString('en')}
            </button>
          ) : null}
          <button type="button" className="link" onClick={onClear}>
            Select none
          </button>
        </>
      ) : null}
      {EXPORTS.filter(({ offered }) => offered(data)).map((each) => (
        <button key={each.label} type="button" disabled={count === 0} onClick={() => void take(each)}>
          {each.label}
        </button>
      ))}
      {data.file.list === 'detections' ? (
        <a
          className="button"
          href={count === 0 ? undefined : scan}
          aria-disabled={count === 0 || undefined}
          role={count === 0 ? 'link' : undefined}
          onClick={(event) => {
            if (count === 0 || (scanned !== '' && scan.length <= LONGEST_ADDRESS)) return;
            event.preventDefault();
            setSaid(`An address cannot carry ${what}; filter or select, then open them in the scan.`);
          }}
        >
          Open in scan
        </a>
      ) : null}
      <button type="button" disabled={count === 0} onClick={() => void copyLink()}>
        Copy link
      </button>
      <span role="status">{said}</span>
    </div>
  );
}
