import type { SeverityLevel } from '../../lib/content/model.ts';
import { Glyph, SEVERITY_LABEL } from '../content/severity.tsx';
import { stamp } from '../tester/events-view.tsx';
import { type Facet, type Facets, type Filter, GROUPINGS, type Grouping, NO_FILTER } from './findings.ts';

interface FiltersProps {
  facets: Facets;
  filter: Filter;
  onFilter(filter: Filter): void;
  grouping: Grouping;
  onGrouping(grouping: Grouping): void;
}

const GROUPING_LABEL: Readonly<Record<Grouping, string>> = {
  none: 'Not grouped',
  severity: 'By severity',
  technique: 'By technique',
  host: 'By host',
};

/** Narrows the results, and says how they are grouped. */
export function Filters({ facets, filter, onFilter, grouping, onGrouping }: FiltersProps) {
  const toggle = (severity: string) => {
    const severities = new Set(filter.severities);
    if (!severities.delete(severity)) severities.add(severity);
    onFilter({ ...filter, severities });
  };
  const narrowed = filter !== NO_FILTER;
  return (
    <div className="acts filters">
      <fieldset className="choices">
        <legend className="sr">Severity</legend>
        {facets.severities.map(([severity, rules]) => (
          <button
            key={severity}
            type="button"
            aria-pressed={filter.severities.has(severity)}
            onClick={() => toggle(severity)}
          >
            <SeverityName severity={severity} /> {rules.toLocaleString('en')}
          </button>
        ))}
      </fieldset>
      <Choose
        label="Technique"
        all="All techniques"
        facets={facets.techniques}
        value={filter.technique}
        onValue={(technique) => onFilter({ ...filter, technique })}
      />
      <Choose
        label="Host"
        all="All hosts"
        facets={facets.hosts}
        value={filter.host}
        onValue={(host) => onFilter({ ...filter, host })}
      />
      <input
        type="search"
        aria-label="Rules that contain"
        placeholder="Rules that contain…"
        value={filter.text}
        onInput={({ currentTarget }) => onFilter({ ...filter, text: currentTarget.value })}
      />
      <select
        aria-label="Grouping"
        value={grouping}
        onChange={({ target }) => onGrouping(GROUPINGS.find((one) => one === target.value) ?? 'none')}
      >
        {GROUPINGS.map((one) => (
          <option key={one} value={one}>
            {GROUPING_LABEL[one]}
          </option>
        ))}
      </select>
      {filter.time ? (
        <button type="button" onClick={() => onFilter({ ...filter, time: undefined })}>
          {stamp(filter.time[0])} to {stamp(filter.time[1])} <span aria-hidden="true">×</span>
          <span className="sr">, show all times</span>
        </button>
      ) : null}
      {narrowed ? (
        <button type="button" onClick={() => onFilter(NO_FILTER)}>
          Show everything
        </button>
      ) : null}
    </div>
  );
}

export function SeverityName({ severity }: { severity: string }) {
  if (severity === '') return <>No severity</>;
  const level = severity as SeverityLevel;
  return (
    <span className={`sev ${level}`}>
      <Glyph level={level} />
      {SEVERITY_LABEL[level]}
    </span>
  );
}

interface ChooseProps {
  label: string;
  all: string;
  facets: readonly Facet[];
  value: string | undefined;
  onValue(value: string | undefined): void;
}

/** Options are told apart by position: a host may have any name, also none. */
function Choose({ label, all, facets, value, onValue }: ChooseProps) {
  const at = facets.findIndex(([name]) => name === value);
  return (
    <select
      aria-label={label}
      value={String(at)}
      disabled={facets.length === 0}
      onChange={({ target }) => onValue(facets[Number(target.value)]?.[0])}
    >
      <option value="-1">{all}</option>
      {facets.map(([name, rules], index) => (
        <option key={name} value={String(index)}>
          {name === '' ? 'none' : name} ({rules.toLocaleString('en')})
        </option>
      ))}
    </select>
  );
}
