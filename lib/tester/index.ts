/** One protocol over all rule languages: a rule and events in, a verdict with its evidence out. */

export type { EnvironmentContent, RuleEnvironment } from './environment.ts';
export { matchedEvents } from './matched.ts';
export { messagesOf, previewRisk, type RiskEvent, type RowPreview } from './risk-preview.ts';
export { RUNNERS, type Rule, type RuleRun, type RuleRunner } from './rule-run.ts';
export { possibility, runTest, type Sample, type TestOutcome } from './run-test.ts';
export { detectionEvidence, summarise } from './status.ts';
export { type FailureCode, judge, type Verdict } from './verdict.ts';
export { environmentOf } from './whole-environment.ts';
