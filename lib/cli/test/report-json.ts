import { type Report, STATUSES } from './report.ts';

/** `summary` counts detections, `tests` counts tests, both by status. */
export function json({ engine, summary, detections }: Report): string {
  const tests: Record<string, number> = Object.fromEntries(STATUSES.map((status) => [status, 0]));
  for (const { evidence } of detections) {
    for (const { status } of evidence.tests) tests[status] = (tests[status] ?? 0) + 1;
  }
  const listed = detections.map(({ detection, path, line, evidence }) => ({
    name: detection.name,
    id: detection.id,
    path,
    line,
    ...evidence,
  }));
  return `${JSON.stringify({ engine, summary, tests, detections: listed }, null, 2)}\n`;
}
