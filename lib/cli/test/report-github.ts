import type { TestEvidence } from '../../content/model.ts';
import { isFailure, type Report, STATUSES } from './report.ts';

/**
 * Annotations on the files of a pull request (workflow commands of GitHub Actions): an error for each test that fails,
 * a warning for each that cannot be run, and one notice with the counts.
 */
export function github({ detections, summary }: Report): string {
  const lines = detections.flatMap(({ detection, path, line, evidence }) =>
    evidence.tests.flatMap((test) => {
      const level = levelOf(test);
      if (level === undefined) return [];
      const place = `file=${property(path)},line=${line},title=${property(`${detection.name}: ${test.name}`)}`;
      return [`::${level} ${place}::${data(test.reason ?? test.status)}\n`];
    }),
  );
  const counts = STATUSES.filter((status) => summary[status] > 0).map(
    (status) => `${summary[status]} ${status}`,
  );
  return `${lines.join('')}::notice title=Detection tests::${data(counts.join(', ') || 'none')}\n`;
}

function levelOf(test: TestEvidence): 'error' | 'warning' | undefined {
  if (isFailure(test)) return 'error';
  return test.status === 'impossible' ? 'warning' : undefined;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
