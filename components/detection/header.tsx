import { capitalised, statusLabel } from '../../lib/content/labels.ts';
import type { Detection, DetectionEvidence } from '../../lib/content/model.ts';
import { DateText } from '../content/date.tsx';
import { Ref } from '../content/reference.tsx';
import { Glyph, SEVERITY_LABEL, Severity } from '../content/severity.tsx';
import { Breadcrumb } from '../document/layout.tsx';

export function DetectionHeader({
  detection,
  evidence,
}: {
  detection: Detection;
  evidence?: DetectionEvidence;
}) {
  const { name, severity, riskScore, type, status, version, modified, created, category } = detection;
  const main = detection.techniques.find((technique) => !technique.implied);
  return (
    <header className="head">
      <Breadcrumb
        steps={[
          ['Detections', '/detections/'],
          ...(category ? ([[capitalised(category), `/detections/#${category}`]] as [string, string][]) : []),
          ...(main?.name
            ? ([[`${main.id} ${main.name}`, `/techniques/${main.id.toLowerCase()}/`]] as [string, string][])
            : []),
        ]}
      />
      <h1>{name}</h1>
      <p className="chips">
        {severity && riskScore !== undefined ? (
          <span className={`sev ${severity}`}>
            <Glyph level={severity} />
            {SEVERITY_LABEL[severity]} risk, {riskScore}
          </span>
        ) : (
          <Severity level={severity} />
        )}
        {type ? <span>{type}</span> : null}
        {status ? (
          <span>
            {statusLabel(status)}
            {version !== undefined ? `, version ${version}` : ''}
          </span>
        ) : null}
        <Tested evidence={evidence} />
        {modified ? (
          <span>
            Updated <DateText value={modified} />
          </span>
        ) : created ? (
          <span>
            Created <DateText value={created} />
          </span>
        ) : null}
      </p>
      <DeprecationNotice detection={detection} />
    </header>
  );
}

/** Only what this build measured: a detection whose tests did not run says nothing here. */
function Tested({ evidence }: { evidence?: DetectionEvidence }) {
  const run = (evidence?.tests ?? []).filter((test) => test.results !== undefined || test.status === 'error');
  if (run.length === 0) return null;
  const passing = run.filter((test) => test.status === 'passing').length;
  const good = passing === run.length;
  return (
    <a href="#testing" className={good ? 'pass' : 'fail'}>
      {good ? '✓' : '✗'} Tested: {passing} of {run.length} {run.length === 1 ? 'passes' : 'pass'}
    </a>
  );
}

/** Said on top: a triager must not trust a rule that its authors gave up. */
function DeprecationNotice({ detection }: { detection: Detection }) {
  const { status, deprecation } = detection;
  if (status !== 'deprecated' && status !== 'removed' && !deprecation) return null;
  const gone = status === 'removed';
  return (
    <div className="notice" role="note">
      <p>
        <b>{gone ? 'Removed' : 'Deprecated'}.</b>{' '}
        {deprecation?.removedIn
          ? `${gone ? 'Removed in' : 'Goes in'} version ${deprecation.removedIn}. `
          : ''}
        {deprecation?.reason ??
          (gone
            ? 'Its authors withdrew it without giving a reason.'
            : 'Its authors no longer maintain it and give no reason.')}
      </p>
      {deprecation && deprecation.replacements.length > 0 ? (
        <p>
          Use instead:{' '}
          {deprecation.replacements.map((replacement, index) => (
            <span key={replacement.name}>
              {index > 0 ? ', ' : ''}
              <Ref to={replacement} />
            </span>
          ))}
        </p>
      ) : null}
    </div>
  );
}
