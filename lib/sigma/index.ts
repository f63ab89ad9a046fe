/** Sigma: read a rule, match it against events, convert it. */
export { BACKENDS, type Backend } from './convert/backends.ts';
export { type Conversion, type ConvertOptions, convert } from './convert/convert.ts';
export { convertLegacy, LEGACY_BACKENDS, type LegacyBackend } from './convert/legacy/index.ts';
export { PIPELINES } from './convert/pipelines/index.ts';
export type { Pipeline, PipelinePart } from './convert/pipelines/pipeline.ts';
export { pipelineCodes, readPipeline } from './convert/pipelines/read-pipeline.ts';
export { type Alerts, compileAlerts } from './match/alerts.ts';
export { type CompiledRule, type CompileOptions, compileRule } from './match/compile.ts';
export {
  type CorrelationResult,
  type Counter,
  correlate,
  documentsByName,
  type FindDocument,
  type Occurrence,
} from './match/correlate.ts';
export { SigmaEvent } from './match/event.ts';
export { type Layout, Layouts } from './match/layout.ts';
export { Network } from './match/network.ts';
export { RuleSet } from './match/rule-set.ts';
export { textTest } from './match/text-test.ts';
export { codes, type SigmaCode } from './rule/codes.ts';
export * from './rule/expression.ts';
export type * from './rule/model.ts';
export { ANY, type Pattern } from './rule/pattern.ts';
export { type ReadRuleOptions, readSigma, type SigmaFile } from './rule/read.ts';
export { type Resolved, type ResolveOptions, resolveRule } from './rule/resolve.ts';
