/** Functions that take a regular expression. */
import type { CallSite, CompiledNode, Get, RunContext } from '../expression/context.ts';
import { anyMember } from '../expression/operators.ts';
import { compileRegex, EXHAUSTED, exhaustedDiagnostic, type Regex } from '../regex/regex.ts';
import { parseTemplate, replaceMatches } from '../regex/replace.ts';
import { isList, scalarText, toList, toText } from '../value/value.ts';
import { type FunctionTable, overMembers, special } from './define.ts';

/** A pattern argument: literals are compiled, and refused, once; others per distinct text, with a note. */
function patternArgument(site: CallSite, arg: CompiledNode): (get: Get, run: RunContext) => Regex | null {
  const fixed = arg.constant?.value;
  if (fixed !== undefined && fixed !== null) {
    const source = toText(fixed);
    const regex = compileRegex(source);
    if (!('code' in regex)) return () => regex;
    const { node } = arg;
    // Offsets into the pattern are offsets into the source only where no escape was undone in between.
    const plain = node.kind === 'string' && node.raw.slice(1, -1) === source;
    const range =
      plain && regex.range !== undefined
        ? { start: node.range.start + 1 + regex.range.start, end: node.range.start + 1 + regex.range.end }
        : node.range;
    site.report({ ...regex, range });
    return () => null;
  }
  return (get, run) => {
    const value = arg.evaluate(get, run);
    if (value === null) return null;
    const regex = compileRegex(toText(value));
    if (!('code' in regex)) return regex;
    run.note({
      ...regex,
      severity: 'warning',
      message: `${regex.message} (pattern ${JSON.stringify(toText(value))})`,
      range: arg.node.range,
    });
    return null;
  };
}

/** The result of a search that may have been stopped; a stop is noted and counts as no match. */
function finished<T>(result: T | typeof EXHAUSTED, regex: Regex, run: RunContext, site: CallSite): T | null {
  if (result !== EXHAUSTED) return result;
  run.note({ ...exhaustedDiagnostic(regex.source), range: site.range });
  return null;
}

export const matches = special([2, 2], 'boolean', (site) => {
  const subject = site.args[0]!.evaluate;
  const pattern = patternArgument(site, site.args[1]!);
  return (get, run) => {
    const value = subject(get, run);
    if (value === null) {
      run.rests('matchNull');
      return run.compat.matchNull === 'false' ? false : null;
    }
    const regex = pattern(get, run);
    if (regex === null) return null;
    return anyMember(value, (text) => finished(regex.test(text), regex, run, site) ?? false, run);
  };
});

const replace = special([3, 3], 'text', (site) => {
  const subject = site.args[0]!.evaluate;
  const pattern = patternArgument(site, site.args[1]!);
  const replacement = site.args[2]!.evaluate;
  return (get, run) => {
    const value = subject(get, run);
    const regex = value === null ? null : pattern(get, run);
    const template = replacement(get, run);
    if (value === null || regex === null || template === null) return null;
    const parts = parseTemplate(toText(template));
    const one = (text: string) => finished(replaceMatches(regex, text, parts), regex, run, site) ?? text;
    return isList(value) ? overMembers(value, 'flag', run, site, one) : one(toText(value));
  };
});

const find = special([2, 2], 'number', (site) => {
  const subject = site.args[0]!.evaluate;
  const pattern = patternArgument(site, site.args[1]!);
  return (get, run) => {
    const regex = pattern(get, run);
    if (regex === null) return null;
    const at = toList(subject(get, run)).findIndex(
      (member) => finished(regex.test(scalarText(member)), regex, run, site) === true,
    );
    return at === -1 ? null : at;
  };
});

export const PATTERN: FunctionTable = { match: matches, replace, mvfind: find };
