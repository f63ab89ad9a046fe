import type { ScanRule } from './report.ts';

/** A rule for a test of scans; SPL unless `more` says otherwise. */
export const testRule = (name: string, search: string, more: Partial<ScanRule> = {}): ScanRule => ({
  name,
  slug: name,
  path: `${name}.yml`,
  language: 'spl',
  search,
  techniques: [],
  falsePositives: '',
  ...more,
});
