import { memo, useMemo, useState } from 'react';
import { type Bits, sameBits } from '../../../lib/lists/bits.ts';
import { countValues } from '../../../lib/lists/filter.ts';
import type { ValuesField } from '../../../lib/lists/open.ts';

/** Values that a facet shows at first; a few more are not worth a button. */
const FEW = 8;
const SOME = 14;

interface FacetProps {
  field: ValuesField;
  chosen: readonly string[];
  /** Rows that meet everything but this facet: what each value would give. */
  rows: Bits;
  onToggle: (key: string, value: string) => void;
}

/**
 * One facet. Its values keep their places whatever is chosen, those without a row included: only the numbers change.
 */
export const Facet = memo(function Facet({ field, chosen, rows, onToggle }: FacetProps) {
  const { file, labels, indexOf } = field;
  const [open, setOpen] = useState(file.facet === 'open' || chosen.length > 0);
  return (
    <details className="facet" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{file.label}</span>
        {chosen.length > 0 ? <b className="picked"> {chosen.length} chosen</b> : null}
      </summary>
      {open ? <FacetValues {...{ field, chosen, rows, onToggle }} /> : null}
      {chosen
        .filter((value) => !indexOf.has(value))
        .map((value) => (
          <p key={value} className="remark">
            This list has no {file.label.toLowerCase()} “{value}”.
          </p>
        ))}
      {open && labels.length === 0 ? <p className="remark">Nothing to choose by.</p> : null}
    </details>
  );
}, staysAsItIs);

function staysAsItIs(before: FacetProps, after: FacetProps): boolean {
  return (
    before.field === after.field &&
    before.chosen === after.chosen &&
    before.onToggle === after.onToggle &&
    sameBits(before.rows, after.rows)
  );
}

function FacetValues({ field, chosen, rows, onToggle }: FacetProps) {
  const { file, labels } = field;
  const [all, setAll] = useState(file.values.length <= SOME);
  const [wanted, setWanted] = useState('');
  const counts = useMemo(() => countValues(field, rows), [field, rows]);
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = [...file.values.keys()].filter((index) => {
    if (words.length > 0) {
      const text = `${labels[index]} ${file.values[index]}`.toLowerCase();
      return words.every((word) => text.includes(word));
    }
    return all || index < FEW || chosen.includes(file.values[index]!);
  });
  return (
    <fieldset>
      <legend className="sr">{file.label}: rows with any of these</legend>
      {file.values.length > SOME ? (
        <input
          type="text"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          aria-label={`Find a value of ${file.label}`}
          placeholder={`Find in ${file.values.length.toLocaleString('en')}`}
          autoComplete="off"
          spellCheck={false}
        />
      ) : null}
      <ul className={shown.length > SOME ? 'values long' : 'values'}>
        {shown.map((index) => {
          const value = file.values[index]!;
          return (
            <FacetValue
              key={value}
              facet={file.key}
              value={value}
              label={labels[index]!}
              count={counts[index]!}
              checked={chosen.includes(value)}
              onToggle={onToggle}
            />
          );
        })}
      </ul>
      {words.length > 0 && shown.length === 0 ? <p className="remark">No value has “{wanted}”.</p> : null}
      {file.values.length > SOME && words.length === 0 ? (
        <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `Fewer` : `All ${file.values.length.toLocaleString('en')}`}
          <span className="sr"> values of {file.label}</span>
        </button>
      ) : null}
    </fieldset>
  );
}

interface FacetValueProps extends Pick<FacetProps, 'onToggle'> {
  facet: string;
  value: string;
  label: string;
  count: number;
  checked: boolean;
}

const FacetValue = memo(function FacetValue(props: FacetValueProps) {
  const { facet, value, label, count, checked, onToggle } = props;
  return (
    <li className={count === 0 ? 'none' : undefined}>
      <label>
        <input type="checkbox" checked={checked} onChange={() => onToggle(facet, value)} data-value={value} />{' '}
        <span>{label}</span> <span className="n">{count.toLocaleString('en')}</span>
      </label>
    </li>
  );
});
