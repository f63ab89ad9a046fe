import type { DeclaredTest, Detection, TestData } from '../../lib/content/model.ts';
import { External } from '../content/external.tsx';
import { Table } from '../content/table.tsx';
import { Section } from '../document/layout.tsx';

interface Row {
  test: string;
  status: { word: string; tone: 'pass' | 'fail' | 'unknown' };
  data?: TestData;
}

/** What was measured, and nothing else: a test that nobody ran here is "not run", never "passing". */
export function Testing({ detection }: { detection: Detection }) {
  const { diagnostics, manualTest } = detection;
  const rows: Row[] = [
    { test: 'Validation', status: validation(detection) },
    ...detection.tests.flatMap(testRows),
  ];
  return (
    <Section id="testing" title="Testing" note="by this build">
      <Table
        rows={rows}
        columns={[
          { title: 'Test', cell: (row) => row.test },
          {
            title: 'Result',
            className: 'tight',
            cell: ({ status }) => (
              <span className={status.tone}>
                {status.tone === 'pass' ? '✓ ' : status.tone === 'fail' ? '✗ ' : ''}
                {status.word}
              </span>
            ),
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
      {manualTest ? <p className="remark">Tested by hand: {manualTest}</p> : null}
      {detection.tests.length === 0 && !manualTest ? <p className="remark">It declares no test.</p> : null}
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

function validation({ diagnostics }: Detection): Row['status'] {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const warnings = diagnostics.filter((diagnostic) => diagnostic.severity === 'warning').length;
  if (errors > 0) return { word: counted(errors, 'error'), tone: 'fail' };
  if (warnings > 0) return { word: counted(warnings, 'warning'), tone: 'unknown' };
  return { word: 'reads cleanly', tone: 'pass' };
}

function testRows(test: DeclaredTest): Row[] {
  const expects =
    test.expectedResults === undefined ? '' : `, expects ${counted(test.expectedResults, 'result')}`;
  const word = test.kind === 'unit' ? `not run${expects}` : `not run: ${test.reason ?? test.kind}`;
  const status = { word, tone: 'unknown' } as const;
  if (test.data.length === 0) return [{ test: test.name, status }];
  return test.data.map((data) => ({ test: test.name, status, data }));
}

/** A URL is long and says little; its last two segments name the data set. */
function Dataset({ data }: { data: string }) {
  const short = data.split('/').slice(-2).join('/');
  return /^https?:/i.test(data) ? <External href={data}>{short}</External> : data;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
