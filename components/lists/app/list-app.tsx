import { useCallback, useMemo, useRef, useState } from 'react';
import type { ListData } from '../../../lib/lists/open.ts';
import type { Sort } from '../../../lib/lists/order.ts';
import { formatState } from '../../../lib/lists/state.ts';
import { Asked, Nothing } from './asked.tsx';
import { FacetDrawer, Facets } from './facets.tsx';
import { Pages } from './pages.tsx';
import { RowsTable } from './rows-table.tsx';
import { TakeAway } from './take-away.tsx';
import { Toolbar } from './toolbar.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { useListState } from './use-list-state.ts';
import { useMedia, usePrinting } from './use-media.ts';
import { type FindText, useRows } from './use-rows.ts';
import { useSelection } from './use-selection.ts';

/** Rows of a page. On paper there are no pages to turn, so all rows are printed, up to a thick pile. */
const PAGE = 100;
const PRINTED = 2_000;

interface ListAppProps {
  data: ListData;
  base: string;
  /** The site's search; absent: words of names and values alone. */
  find?: FindText;
}

/** A list to work from: filters beside it, its state in the address, and what to do with its rows. */
export function ListApp({ data, base, find }: ListAppProps) {
  const [state, change] = useListState(data);
  const rows = useRows(data, state, find);
  const selection = useSelection();
  const narrow = useMedia('(max-width: 60rem)');
  const printing = usePrinting();
  const [drawer, setDrawer] = useState(false);
  const top = useRef<HTMLDivElement>(null);
  const results = useKeptFocus(state);

  const { filtered, ordered, sort, looking, partial, notes } = rows;
  const pages = Math.max(1, Math.ceil(ordered.length / PAGE));
  const page = Math.min(state.page, pages);
  const shown = useMemo(
    () =>
      Array.from(printing ? ordered.subarray(0, PRINTED) : ordered.subarray((page - 1) * PAGE, page * PAGE)),
    [ordered, page, printing],
  );
  const columns = useMemo(
    () =>
      state.columns ??
      [...data.fields.values()].filter(({ file }) => file.column === 'shown').map(({ file }) => file.key),
    [data, state.columns],
  );
  // In the list's order; those that the filters now hide come last.
  const chosen = useMemo(
    () =>
      selection.rows.size === 0
        ? []
        : [...new Set([...ordered.filter((row) => selection.rows.has(row)), ...selection.rows])],
    [ordered, selection.rows],
  );
  const [one, several] = data.file.noun;
  const filters = Object.values(state.chosen).flat().length + (state.have ? 1 : 0);
  const facets = { data, chosen: state.chosen, have: state.have, filtered, change };
  const { toggle, set } = selection;
  const onSort = useCallback((next: Sort) => change({ sort: next }), [change]);
  const onSelect = useCallback(
    (row: number, range: boolean) => toggle(row, range, ordered),
    [toggle, ordered],
  );
  const onSelectPage = useCallback((on: boolean) => set(shown, on), [set, shown]);
  return (
    <div className="list-app" ref={top}>
      {narrow ? null : <Facets {...facets} />}
      <div className="results" ref={results} tabIndex={-1}>
        <div className="filter">
          <input
            type="search"
            value={state.text}
            onInput={(event) => change({ text: event.currentTarget.value })}
            aria-label={`Find ${several} by name, ID or anything a filter names`}
            placeholder={`Find ${several}`}
            autoComplete="off"
            spellCheck={false}
          />
          {narrow ? (
            <button type="button" aria-haspopup="dialog" onClick={() => setDrawer(true)}>
              Filters{filters > 0 ? ` (${filters})` : ''}
            </button>
          ) : null}
          <div className="count">
            {/* A number that is about to change is seen, and not read out. */}
            <output aria-live="polite" aria-busy={looking}>
              <span aria-hidden={looking}>
                {ordered.length.toLocaleString('en')} of {data.rows.toLocaleString('en')}{' '}
                {data.rows === 1 ? one : several}
              </span>
            </output>
            {looking ? <small>looking further…</small> : null}
          </div>
        </div>
        <Asked data={data} state={state} change={change} />
        <Toolbar data={data} state={state} sort={sort} columns={columns} change={change} />
        <TakeAway
          data={data}
          state={state}
          base={base}
          rows={chosen.length > 0 ? chosen : ordered}
          selected={chosen.length}
          total={ordered.length}
          onClear={selection.clear}
          onSelectAll={() => selection.set(ordered, true)}
        />
        {notes.map((note) => (
          <p key={note} className="remark">
            {note}
          </p>
        ))}
        {partial ? (
          <p className="remark">
            The search could not look at everything, so rows may be missing. Names and values are searched.
          </p>
        ) : null}
        {shown.length === 0 ? (
          looking ? (
            <p className="nothing">Looking…</p>
          ) : (
            <Nothing data={data} state={state} change={change} rows={rows} />
          )
        ) : (
          <RowsTable
            data={data}
            rows={shown}
            whole={printing}
            columns={columns}
            sort={sort}
            dense={state.dense}
            base={base}
            selected={selection.rows}
            onSort={onSort}
            onSelect={onSelect}
            onSelectPage={onSelectPage}
          />
        )}
        <Pages
          page={page}
          pages={printing ? 1 : pages}
          hrefOf={(to) => location.pathname + formatState({ ...state, page: to })}
          onPage={(to) => {
            change({ page: to });
            top.current?.scrollIntoView();
          }}
        />
        {printing && ordered.length > PRINTED ? (
          <p>The first {PRINTED.toLocaleString('en')} rows; export the list to have all.</p>
        ) : null}
      </div>
      {narrow && drawer ? <FacetDrawer {...facets} onClose={() => setDrawer(false)} /> : null}
    </div>
  );
}
