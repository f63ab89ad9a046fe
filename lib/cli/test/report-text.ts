import { isFailure, type Report, STATUSES } from './report.ts';

const MARKS: Readonly<Record<string, string>> = { passing: '✓', failing: '✗', error: '✗', impossible: '–' };

/** A line for each test that was measured, and counts of the rest by reason. */
export function text({ detections, summary, engine }: Report): string {
  const lines: string[] = [];
  const rest = new Map<string, number>();
  for (const { detection, evidence } of detections) {
    for (const test of evidence.tests) {
      const mark = MARKS[test.status];
      const why = test.reason === undefined ? '' : `: ${test.reason}`;
      const results = test.results === undefined || isFailure(test) ? '' : ` (${counted(test.results)})`;
      if (mark === undefined) bump(rest, `${test.status}${why}`);
      else lines.push(`${mark} ${detection.name} › ${test.name}${results}${why}`);
      for (const { backend, same, reason } of test.conversions ?? []) {
        if (same === false) lines.push(`  ✗ its conversion for ${backend} is not the same: ${reason}`);
      }
    }
    if (evidence.tests.length > 0) continue;
    const mark = MARKS[evidence.status];
    if (mark === undefined) bump(rest, `${evidence.status}: ${evidence.reason}`);
    else lines.push(`${mark} ${detection.name}: ${evidence.reason}`);
  }
  for (const [reason, count] of [...rest].sort((a, b) => b[1] - a[1])) {
    lines.push(`${String(count).padStart(6)} × ${reason}`);
  }
  const counts = STATUSES.filter((status) => summary[status] > 0).map(
    (status) => `${summary[status]} ${status}`,
  );
  const noun = detections.length === 1 ? 'detection' : 'detections';
  lines.push(`${detections.length} ${noun}: ${counts.join(', ')} (engine ${engine})`);
  return `${lines.join('\n')}\n`;
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'result' : 'results'}`;
}
