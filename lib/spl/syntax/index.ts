/** Reading and writing searches: parse, print, expand macros, and what a search reads and writes. */
export { type Analysis, analyse, type StageAnalysis } from './analyse.ts';
export type * from './ast.ts';
export {
  type Expansion,
  expandMacros,
  type MacroDefinition,
  type MacroUse,
  type ResolveMacro,
} from './macros.ts';
export { type ParseOptions, type ParseResult, parse } from './parse.ts';
export { type FormatResult, formatSearch, print } from './print.ts';
export { type ParseReport, type ParseRequest, parseReport } from './report.ts';
export { subsearchesOf } from './walk.ts';
