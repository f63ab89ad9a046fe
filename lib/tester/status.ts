import type { DetectionEvidence, Evidence, TestEvidence, TestStatus } from '../content/model.ts';

/** What a detection's tests come to: the first of these that one of them has. */
const WORST_FIRST: readonly TestStatus[] = [
  'failing',
  'error',
  'impossible',
  'untested',
  'declared',
  'passing',
];

/** A detection passes when every test that can be run was run and passes. */
export function detectionEvidence(slug: string, tests: TestEvidence[]): DetectionEvidence {
  const measured = tests.filter(({ status }) => status !== 'declared');
  const counting = measured.length > 0 ? measured : tests;
  const status = WORST_FIRST.find((each) => counting.some((test) => test.status === each)) ?? 'untested';
  const { reason, code }: Partial<TestEvidence> = counting.find((test) => test.status === status) ?? {};
  return {
    slug,
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(code === undefined ? {} : { code }),
    tests,
  };
}

/** Detections by status, with a zero for a status that none has. */
export function summarise(detections: readonly DetectionEvidence[]): Evidence['summary'] {
  const summary = { passing: 0, failing: 0, error: 0, impossible: 0, untested: 0, declared: 0 };
  for (const { status } of detections) summary[status] += 1;
  return summary;
}
