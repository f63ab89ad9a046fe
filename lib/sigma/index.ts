/** Sigma: read a rule, match it against events, convert it. */
export { codes, type SigmaCode } from './rule/codes.ts';
export * from './rule/expression.ts';
export type * from './rule/model.ts';
export { type ReadRuleOptions, readSigma, type SigmaFile } from './rule/read.ts';
export { type Resolved, type ResolveOptions, resolveRule } from './rule/resolve.ts';
