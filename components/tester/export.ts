/** What a reader takes away: rows as CSV or JSON, and the case as a test with its sample. */
import type { Detection } from '../../lib/content/model.ts';
import type { PlainFields } from '../../lib/events/plain-record.ts';
import { csvLine, withoutFormula } from '../../lib/export/csv.ts';
import type { PlainRow } from '../../lib/spl/index.ts';

export function toCsv(fields: readonly string[], rows: readonly PlainRow[]): string {
  const line = (cells: readonly string[]) => csvLine(cells.map(withoutFormula));
  const cell = (value: PlainRow[string] | undefined) =>
    value === undefined ? '' : Array.isArray(value) ? value.join('\n') : String(value);
  return `${[line(fields), ...rows.map((row) => line(fields.map((field) => cell(own(row, field)))))].join('\r\n')}\r\n`;
}

function own(row: PlainRow, field: string): PlainRow[string] | undefined {
  return Object.hasOwn(row, field) ? row[field] : undefined;
}

export interface TestCase {
  slug: string;
  shape: Detection['shape'];
  expected: number;
  events: readonly PlainFields[];
}

/** The sample and the lines for the detection's YAML, with their paths in a content folder. */
export function testFiles({ slug, shape, expected, events }: TestCase): Record<string, string> {
  const folder = slug.replaceAll('-', '_');
  const name = expected === 0 ? 'false_positive' : 'true_positive';
  const sample = `samples/${folder}/${name}.ndjson`;
  const { source, sourcetype } = events[0] ?? {};
  const title = expected === 0 ? 'Benign look-alike' : 'True positive';
  const type = shape === 'g3' ? ['    test_type: unit'] : [];
  return {
    [sample]: `${events.map((event) => JSON.stringify(event)).join('\n')}\n`,
    [`samples/${folder}/${name}.tests.yml`]: [
      `# For the YAML of ${slug}; the sample lies beside it in the content folder.`,
      'tests:',
      `  - name: ${title}`,
      ...type,
      '    attack_data:',
      `      - data: ${sample}`,
      ...(typeof source === 'string' ? [`        source: ${JSON.stringify(source)}`] : []),
      ...(typeof sourcetype === 'string' ? [`        sourcetype: ${JSON.stringify(sourcetype)}`] : []),
      `    expected_results: ${expected}`,
      '',
    ].join('\n'),
  };
}

export function download(name: string, content: BlobPart, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
