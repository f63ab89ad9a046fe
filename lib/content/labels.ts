/** What readers see for values that the model has short words for. */
import type { TestStatus } from './model.ts';

const STATUS_LABELS: Readonly<Record<string, string>> = { validation: 'In validation' };

/** `Production` for `production`; a word that nobody foresaw as it stands, with a capital. */
export function statusLabel(status: string | undefined): string | undefined {
  return status ? (STATUS_LABELS[status] ?? capitalised(status)) : undefined;
}

export const TEST_STATUS_LABELS: Readonly<Record<TestStatus, string>> = {
  failing: 'Failing',
  error: 'Errors',
  impossible: 'Cannot be run here',
  untested: 'Untested',
  declared: 'Declared',
  passing: 'Passing',
};

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
