import { useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { SeverityLevel } from '../../lib/content/model.ts';
import { scanCsv, scanJson, scanLayer } from '../../lib/export/scan-report.ts';
import { SEVERITY_LABEL } from '../content/severity.tsx';
import { download } from '../tester/export.ts';
import { LogInput } from '../tester/log-input.tsx';
import { setBasePath } from '../url.ts';
import { type Choice, choiceFrom, choiceText, chosenOf, countOf, SEVERITIES } from './choice.ts';
import { Filters } from './filters.tsx';
import { type Filter, facetsOf, findingsOf, type Grouping, NO_FILTER } from './findings.ts';
import { HitList } from './hit-list.tsx';
import { ScanStatus } from './scan-status.tsx';
import { Timeline } from './timeline.tsx';
import { reportOf, type Scan, type ScanRun, useScan } from './use-scan.ts';

interface ScanViewProps {
  base: string;
  worker: string;
  /** Rules by severity, known before they are loaded. */
  severities: Readonly<Record<string, number>>;
  attackVersion: string;
}

/** The whole catalog over a log: choose it, watch it, and look into what was found. */
function ScanView({ base, worker, severities, attackVersion }: ScanViewProps) {
  const [choice, setChoice] = useState<Choice>(() => choiceFrom(location.search));
  const scan = useScan(base, worker, choice);
  const { run, facts, load } = scan;
  useEffect(() => {
    // A link that names rules is about these: what they are is said before there is a log.
    if (choice.slugs !== undefined) load();
  }, [choice.slugs, load]);
  useEffect(() => {
    history.replaceState(history.state, '', `${location.pathname}${choiceText(choice)}${location.hash}`);
  }, [choice]);
  return (
    <div className="tester scan">
      <LogInput title="The log" expanded={run === undefined} onLog={scan.start} />
      <RulesLine choice={choice} onChoice={setChoice} scan={scan} severities={severities} />
      {scan.problem ? (
        <p className="fail" role="alert">
          ✗ {scan.problem}
        </p>
      ) : null}
      {run ? <ScanStatus scan={scan} run={run} /> : null}
      {run && facts ? <Results scan={scan} run={run} attackVersion={attackVersion} /> : null}
    </div>
  );
}

interface RulesLineProps {
  choice: Choice;
  onChoice(choice: Choice): void;
  scan: Scan;
  severities: Readonly<Record<string, number>>;
}

/** Which rules run, and how many that is. */
function RulesLine({ choice, onChoice, scan, severities }: RulesLineProps) {
  const { slugs, floor } = choice;
  const { facts, run, running } = scan;
  const all = countOf(severities, undefined);
  const unknown = facts && slugs?.filter((slug) => !facts.some((rule) => rule.slug === slug));
  const count = facts
    ? chosenOf(facts, choice).length
    : slugs === undefined
      ? countOf(severities, floor)
      : undefined;
  return (
    <div className="acts rules-line">
      <output aria-live="polite">
        {count === undefined
          ? `Loading the ${slugs?.length.toLocaleString('en')} rules of the link…`
          : `${count.toLocaleString('en')} of ${all.toLocaleString('en')} rules ${run ? 'run' : 'will run'}.`}
        {unknown && unknown.length > 0 ? ` This site has no rule ${unknown.join(', ')}.` : ''}
      </output>
      <span>
        <label htmlFor="scan-severity">Severity</label>{' '}
        <select
          id="scan-severity"
          value={floor ?? ''}
          onChange={({ target }) => {
            const level = SEVERITIES.find((one) => one === target.value);
            onChoice({
              ...(slugs === undefined ? {} : { slugs }),
              ...(level === undefined ? {} : { floor: level }),
            });
          }}
        >
          <option value="">any</option>
          {SEVERITIES.map((level) => (
            <option key={level} value={level}>
              {floorLabel(level)}
            </option>
          ))}
        </select>
      </span>
      {slugs === undefined ? null : (
        <button type="button" onClick={() => onChoice(floor === undefined ? {} : { floor })}>
          Run all rules instead
        </button>
      )}
      {run && !running ? (
        <>
          <button type="button" onClick={() => scan.start(run.name, run.sources)}>
            Scan again
          </button>
          <button type="button" onClick={scan.clear}>
            Clear
          </button>
        </>
      ) : null}
    </div>
  );
}

function floorLabel(level: SeverityLevel): string {
  const name = SEVERITY_LABEL[level].toLowerCase();
  return level === 'critical' ? `${name} only` : `${name} and above`;
}

function Results({ scan, run, attackVersion }: { scan: Scan; run: ScanRun; attackVersion: string }) {
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [grouping, setGrouping] = useState<Grouping>('none');
  const { hits, rules } = run;
  const facets = useMemo(() => facetsOf(hits, rules), [hits, rules]);
  const findings = useMemo(() => findingsOf(hits, rules, filter), [hits, rules, filter]);
  // The chart keeps its whole length while a part of it is chosen.
  const along = useMemo(() => findingsOf(hits, rules, { ...filter, time: undefined }), [hits, rules, filter]);
  if (hits.length === 0) return null;
  return (
    <>
      <h2 className="sr">Rules that fired</h2>
      <Timeline
        findings={along}
        chosen={filter.time}
        onChoose={(time) => setFilter((old) => ({ ...old, time }))}
      />
      <Filters
        facets={facets}
        filter={filter}
        onFilter={setFilter}
        grouping={grouping}
        onGrouping={setGrouping}
      />
      {findings.length === 0 ? (
        <p className="nothing">None of the rules that fired fits what you ask for.</p>
      ) : (
        <HitList scan={scan} run={run} findings={findings} grouping={grouping} />
      )}
      {scan.running ? null : <Exports run={run} attackVersion={attackVersion} />}
    </>
  );
}

/** The whole report to take along, whatever is narrowed on the page. */
function Exports({ run, attackVersion }: { run: ScanRun; attackVersion: string }) {
  const { rules } = run;
  const files = run.sources.map(({ name }) => name);
  const report = () => reportOf(run);
  return (
    <p className="acts">
      <button
        type="button"
        onClick={() => download('scan.json', scanJson(report(), rules, files), 'application/json')}
      >
        Save JSON
      </button>
      <button type="button" onClick={() => download('scan.csv', scanCsv(report(), rules, files), 'text/csv')}>
        Save CSV
      </button>
      <button
        type="button"
        onClick={() =>
          download(
            'scan-layer.json',
            JSON.stringify(scanLayer(report(), rules, files, attackVersion), undefined, 2),
            'application/json',
          )
        }
      >
        Save ATT&amp;CK Navigator layer
      </button>
    </p>
  );
}

export function mountScan(element: HTMLElement): void {
  const base = document.documentElement.dataset.base ?? '';
  const { worker = '', severities = '{}', attack = '' } = element.dataset;
  setBasePath(base);
  createRoot(element).render(
    <ScanView
      base={base}
      worker={worker}
      severities={JSON.parse(severities) as Record<string, number>}
      attackVersion={attack}
    />,
  );
}
