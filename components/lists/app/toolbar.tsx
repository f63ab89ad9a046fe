import type { ListData } from '../../../lib/lists/open.ts';
import { type Sort, sortChoices } from '../../../lib/lists/order.ts';
import type { ListState } from '../../../lib/lists/state.ts';
import type { Change } from './use-list-state.ts';

interface ToolbarProps {
  data: ListData;
  state: ListState;
  sort: Sort;
  columns: readonly string[];
  change: Change;
}

/** How the list is sorted and what it shows. */
export function Toolbar({ data, state, sort, columns, change }: ToolbarProps) {
  const choices = sortChoices(data, state.text.trim() !== '');
  const offered = [...data.fields.values()].filter(({ file }) => file.column !== undefined);
  const toggleColumn = (key: string) => {
    const next = new Set(columns);
    if (!next.delete(key)) next.add(key);
    change({ columns: offered.map(({ file }) => file.key).filter((other) => next.has(other)) });
  };
  return (
    <div className="toolbar">
      <label>
        Sort by{' '}
        <select
          value={sort.key}
          onChange={(event) => {
            const choice = choices.find(({ key }) => key === event.currentTarget.value);
            if (choice) change({ sort: { key: choice.key, descending: choice.descending } });
          }}
        >
          {choices.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {sort.key === 'relevance' ? null : (
        <button
          type="button"
          aria-label={sort.descending ? 'Descending; sort ascending' : 'Ascending; sort descending'}
          onClick={() => change({ sort: { key: sort.key, descending: !sort.descending } })}
        >
          {sort.descending ? '↓' : '↑'}
        </button>
      )}
      <button
        type="button"
        className="density"
        aria-pressed={state.dense}
        onClick={() => change({ dense: !state.dense })}
      >
        Compact
      </button>
      <details className="more columns-menu">
        <summary>
          {columns.length} of {offered.length} columns
        </summary>
        <fieldset>
          <legend className="sr">Columns</legend>
          {offered.map(({ file: { key, label } }) => (
            <label key={key}>
              <input type="checkbox" checked={columns.includes(key)} onChange={() => toggleColumn(key)} />{' '}
              {label}
            </label>
          ))}
        </fieldset>
      </details>
    </div>
  );
}
