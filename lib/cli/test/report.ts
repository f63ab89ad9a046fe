import type {
  Detection,
  DetectionEvidence,
  Evidence,
  TestEvidence,
  TestStatus,
} from '../../content/model.ts';

/** A detection with what its tests gave. */
export interface Reported {
  detection: Pick<Detection, 'name' | 'slug' | 'id'>;
  /** Path of its file as a person would type it. */
  path: string;
  /** Line of its tests, from 1. */
  line: number;
  evidence: DetectionEvidence;
}

export interface Report {
  engine: string;
  summary: Evidence['summary'];
  detections: Reported[];
}

export const STATUSES: readonly TestStatus[] = [
  'passing',
  'failing',
  'error',
  'impossible',
  'untested',
  'declared',
];

/** Whether a test stands against a release: its rule ran and was wrong, or could not be run to its end. */
export function isFailure({ status }: Pick<TestEvidence, 'status'>): boolean {
  return status === 'failing' || status === 'error';
}
