import type { ReactNode } from 'react';
import { countBits } from '../../../lib/lists/bits.ts';
import type { ListData } from '../../../lib/lists/open.ts';
import { EMPTY_STATE, type ListState, toggled } from '../../../lib/lists/state.ts';
import type { Change } from './use-list-state.ts';
import { HAVE, ONLY, type Rows, TEXT } from './use-rows.ts';

interface AskedProps {
  data: ListData;
  state: ListState;
  change: Change;
}

/** What was asked for, in words: what is joined by "or" and what by "and", each part with a way to drop it. */
export function Asked({ data, state, change }: AskedProps) {
  const parts = partsOf(data, state);
  if (parts.length === 0) return null;
  return (
    <div className="asked">
      <ul aria-label="Filters in use">
        {parts.map((part, index) => (
          <li key={part.key}>
            {index > 0 ? <span className="joint">and </span> : null}
            {part.label}{' '}
            {part.values.map(({ text, without }, place) => (
              <span key={text}>
                {place > 0 ? <span className="joint"> or </span> : null}
                <button
                  type="button"
                  className="chip"
                  aria-label={`Remove ${part.label} ${text}`}
                  onClick={() => change(without)}
                >
                  {text} <span aria-hidden="true">×</span>
                </button>
              </span>
            ))}
          </li>
        ))}
      </ul>
      <button type="button" className="link" onClick={() => change(withoutAll(state))}>
        Clear all
      </button>
    </div>
  );
}

/** No row is left: what each part alone keeps out, and a way to drop it. */
export function Nothing({ data, state, change, rows }: AskedProps & { rows: Rows }) {
  const ways = partsOf(data, state).flatMap(({ key, label, without }) => {
    const bits = rows.filtered.without.get(key);
    const count = bits ? countBits(bits) : 0;
    return count > 0 ? [{ key, label, without, count }] : [];
  });
  const [one, several] = data.file.noun;
  const text = state.text.trim();
  const { nowhere } = rows;
  const others = nowhere && `${text.slice(0, nowhere.start)}${text.slice(nowhere.end)}`.trim();
  return (
    <div className="nothing">
      <p>
        No {one} has all of this.
        {ways.length === 0 && partsOf(data, state).length > 1 ? ' Dropping one part is not enough.' : ''}
      </p>
      <p className="ways">
        {nowhere && others ? (
          <button type="button" onClick={() => change({ text: others.replace(/\s+/g, ' ') })}>
            Without “{text.slice(nowhere.start, nowhere.end)}”, which nothing has
          </button>
        ) : null}
        {ways.map(({ key, label, without, count }) => (
          <button key={key} type="button" onClick={() => change(without)}>
            Without “{label}”: {count.toLocaleString('en')} {count === 1 ? one : several}
          </button>
        ))}
        <button type="button" onClick={() => change(withoutAll(state))}>
          All {data.rows.toLocaleString('en')} {several}
        </button>
      </p>
    </div>
  );
}

interface Part {
  key: string;
  label: string;
  values: { text: string; without: Partial<ListState> }[];
  without: Partial<ListState>;
}

function partsOf(data: ListData, state: ListState): Part[] {
  const { chosen, have, only } = state;
  const text = state.text.trim();
  const single = (key: string, label: string, value: ReactNode, without: Partial<ListState>): Part => ({
    key,
    label,
    values: [{ text: String(value), without }],
    without,
  });
  const facets = data.facets.flatMap((field): Part[] => {
    const { key, label } = field.file;
    const values = chosen[key];
    if (!values) return [];
    const { [key]: _, ...others } = chosen;
    return [
      {
        key,
        label,
        values: values.map((value) => ({
          text: field.labels[field.indexOf.get(value) ?? -1] ?? value,
          without: { chosen: toggled(state, key, value) },
        })),
        without: { chosen: others },
      },
    ];
  });
  return [
    ...(text ? [single(TEXT, 'Text', text, { text: '' })] : []),
    ...facets,
    ...(have ? [single(HAVE, 'Data', `${have.length} of my sources`, { have: undefined })] : []),
    ...(only ? [single(ONLY, 'Chosen', `${only.length} rows`, { only: undefined })] : []),
  ];
}

/** How the list looks stays; what it is cut to goes. */
function withoutAll({ sort, columns, dense }: ListState): Partial<ListState> {
  const { text, chosen } = EMPTY_STATE;
  return { text, chosen, have: undefined, only: undefined, sort, columns, dense };
}
