import type { Risk } from '../content/model.ts';
import type { PlainRow } from '../spl/index.ts';

export type Verdict = { passed: true } | { passed: false; code: FailureCode; reason: string };

export type FailureCode =
  | 'no-results'
  | 'unexpected-results'
  | 'result-count'
  | 'risk-field-missing'
  | 'threat-field-missing';

/** What `fillnull_value=null` leaves where an event had nothing. */
const NULL_TEXT = 'null';

/**
 * Whether rows are what a test asks for. With an exact number expected, that number counts first. Where rows are
 * wanted, they must serve risk-based alerting as Splunk's contentctl decides it: every field of a risk object in every
 * row looked at, each field of a threat object in some row, and the text `null` counts as nothing. The first row that
 * has them all ends the looking.
 */
export function judge(
  rows: readonly PlainRow[],
  risk: Risk | undefined,
  expected: number | undefined,
): Verdict {
  if (expected !== undefined && rows.length !== expected) {
    const code = expected === 0 ? 'unexpected-results' : rows.length === 0 ? 'no-results' : 'result-count';
    return failure(code, `${counted(rows.length)} instead of ${expected}`);
  }
  if (expected === 0) return { passed: true };
  if (rows.length === 0) return failure('no-results', 'No result, although the sample should have one');
  return judgeFields(rows, risk);
}

function judgeFields(rows: readonly PlainRow[], risk: Risk | undefined): Verdict {
  const atRisk = [...new Set(risk?.entities.map(({ field }) => field))];
  const threats = [...new Set(risk?.threatObjects.map(({ field }) => field))];
  const seen = new Set<string>();
  for (const [at, row] of rows.entries()) {
    const missing = atRisk.find((field) => !isFilled(row, field));
    if (missing !== undefined) {
      return failure('risk-field-missing', `Row ${at + 1} has no value for the risk object \`${missing}\``);
    }
    const filled = threats.filter((field) => isFilled(row, field));
    if (filled.length === threats.length) return { passed: true };
    for (const field of filled) seen.add(field);
  }
  const never = threats.filter((field) => !seen.has(field));
  if (never.length === 0) return { passed: true };
  const names = never.map((field) => `\`${field}\``).join(', ');
  return failure('threat-field-missing', `No row has a value for the threat object ${names}`);
}

function isFilled(row: PlainRow, field: string): boolean {
  return Object.hasOwn(row, field) && row[field] !== NULL_TEXT;
}

function failure(code: FailureCode, reason: string): Verdict {
  return { passed: false, code, reason };
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'result' : 'results'}`;
}
