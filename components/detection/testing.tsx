import type {
  DeclaredTest,
  Detection,
  DetectionEvidence,
  TestData,
  TestEvidence,
} from '../../lib/content/model.ts';
import { CodeBlock } from '../code/code-block.tsx';
import { External } from '../content/external.tsx';
import { Table } from '../content/table.tsx';
import { Section } from '../document/layout.tsx';

interface Row {
  test: string;
  status: { word: string; tone: 'pass' | 'fail' | 'unknown' };
  data?: TestData;
  /** Events of the data, where it was read. */
  events?: number;
  results?: string;
}

/** What was measured, and nothing else: a test that nobody ran here is "not run", never "passing". */
export function Testing({ detection, evidence }: { detection: Detection; evidence?: DetectionEvidence }) {
  const { diagnostics, manualTest, tests } = detection;
  const measured = tests.map((_, index) => evidence?.tests[index]);
  const rows: Row[] = [
    { test: 'Validation', status: validation(detection) },
    ...tests.flatMap((test, index) => testRows(test, measured[index])),
  ];
  const impossible = tests.length === 0 && evidence?.status === 'impossible' ? evidence.reason : undefined;
  return (
    <Section id="testing" title="Testing" note="by this build">
      <Table
        rows={rows}
        columns={[
          { title: 'Test', cell: (row) => row.test },
          {
            title: 'Outcome',
            cell: ({ status }) => (
              <span className={status.tone}>
                {status.tone === 'pass' ? '✓ ' : status.tone === 'fail' ? '✗ ' : ''}
                {status.word}
              </span>
            ),
          },
          { title: 'Results', className: 'num', cell: ({ results }) => results },
          {
            title: 'Events',
            className: 'num',
            cell: ({ events }) => events?.toLocaleString('en'),
          },
          {
            title: 'Dataset',
            className: 'path',
            cell: ({ data }) => (data ? <Dataset data={data.data} /> : null),
          },
          { title: 'Source', className: 'mono', cell: ({ data }) => data?.source },
          { title: 'Sourcetype', className: 'mono', cell: ({ data }) => data?.sourcetype },
        ]}
      />
      {measured.map((test, index) => (test ? <Found key={`${index}${test.name}`} test={test} /> : null))}
      {manualTest ? <p className="remark">Tested by hand: {manualTest}</p> : null}
      {tests.length === 0 && !manualTest ? <p className="remark">It declares no test.</p> : null}
      {impossible ? <p className="remark">It cannot be run here: {impossible.replace(/\.$/, '')}.</p> : null}
      {diagnostics.length > 0 ? (
        <ul className="diagnostics">
          {diagnostics.map((diagnostic) => (
            <li
              key={`${diagnostic.code}${diagnostic.range?.start}${diagnostic.message}`}
              className={diagnostic.severity}
            >
              <code>{diagnostic.code}</code> {diagnostic.message}
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

/** What a test that has results found: the messages an analyst would read, and the first event behind them. */
function Found({ test }: { test: TestEvidence }) {
  const { firstMatch, messages, name } = test;
  if (!firstMatch && messages.length === 0) return null;
  return (
    <details className="more found">
      <summary>What “{name}” finds</summary>
      {messages.length > 0 ? (
        <ul className="refs">
          {messages.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      ) : null}
      {firstMatch ? (
        <>
          <p className="remark">
            Event {firstMatch.number} of {firstMatch.data}, counted from 0:
          </p>
          <CodeBlock code={firstMatch.raw} language="text" label={`First event that “${name}” matched`} />
        </>
      ) : null}
    </details>
  );
}

function validation({ diagnostics }: Detection): Row['status'] {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const warnings = diagnostics.filter((diagnostic) => diagnostic.severity === 'warning').length;
  if (errors > 0) return { word: counted(errors, 'error'), tone: 'fail' };
  if (warnings > 0) return { word: counted(warnings, 'warning'), tone: 'unknown' };
  return { word: 'reads cleanly', tone: 'pass' };
}

function testRows(test: DeclaredTest, evidence: TestEvidence | undefined): Row[] {
  const base = { test: test.name, status: statusOf(test, evidence), results: resultsOf(test, evidence) };
  if (test.data.length === 0) return [base];
  // The count belongs to the test, not to each of its data sets.
  return test.data.map((data, index) => ({
    ...base,
    ...(index > 0 ? { results: undefined } : {}),
    data,
    events: evidence?.datasets[index]?.events,
  }));
}

function statusOf(test: DeclaredTest, evidence: TestEvidence | undefined): Row['status'] {
  const why = evidence?.reason ? `: ${evidence.reason}` : '';
  switch (evidence?.status) {
    case 'passing':
      return { word: 'passing', tone: 'pass' };
    case 'failing':
    case 'error':
      return { word: `${evidence.status}${why}`, tone: 'fail' };
    case 'impossible':
      return { word: `cannot be run here${why}`, tone: 'unknown' };
    case 'untested':
      return { word: `not run${why}`, tone: 'unknown' };
    default:
      return {
        word: test.kind === 'unit' ? 'not run' : `not run: ${test.reason ?? test.kind}`,
        tone: 'unknown',
      };
  }
}

/** `2 of 2`: found, and asked for where the test asks for a number. */
function resultsOf(test: DeclaredTest, evidence: TestEvidence | undefined): string | undefined {
  const { expectedResults: expected } = test;
  if (evidence?.results === undefined) return expected === undefined ? undefined : `expects ${expected}`;
  const found = evidence.results.toLocaleString('en');
  return expected === undefined ? found : `${found} of ${expected.toLocaleString('en')}`;
}

/** A URL is long and says little; its last two segments name the data set. */
function Dataset({ data }: { data: string }) {
  const short = data.split('/').slice(-2).join('/');
  return /^https?:/i.test(data) ? <External href={data}>{short}</External> : data;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
