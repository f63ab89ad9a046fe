import type { RegexStage, RexStage, Text } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { mapColumn, overlay } from '../columns/derive.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { type Output, picked, same } from '../output.ts';
import { compileRegex, EXHAUSTED, exhaustedDiagnostic, type Regex, type RegexMatch } from '../regex/regex.ts';
import { compileSed } from '../regex/replace.ts';
import { rawColumn } from '../search/raw.ts';
import { fromList, isList, type Scalar, type Stored, scalarText, toList, toText } from '../value/value.ts';
import type { Command } from './command.ts';
import { numberOption, textOption } from './options.ts';

/** The pattern of a command, or the end of the run with the pattern's own complaint. */
export function regexOf(pattern: Text): Regex {
  const regex = compileRegex(pattern.value);
  if (!('code' in regex)) return regex;
  throw new RunStop(regex.code, regex.message, pattern.range);
}

export function sayExhausted(context: RunContext, pattern: Text): void {
  const said = exhaustedDiagnostic(pattern.value);
  context.note(said.code, said.message, pattern.range);
}

/** Column that a command reads by default: `_raw`, made from the fields where rows have none. */
export function inputColumn(input: Table, field: string): Column | undefined {
  return field === '_raw' ? rawColumn(input) : input.column(field);
}

/** Named groups become fields; without a match fields stay as they are. Source: Search Reference, `rex`. */
export const rex: Command<RexStage> = (stage, input, context) => {
  const field = textOption(stage, 'field') ?? '_raw';
  const column = inputColumn(input, field);
  if (column === undefined) return same(input);
  if (textOption(stage, 'mode') === 'sed') return sed(stage, input, column, field);
  const regex = regexOf(stage.pattern);
  if (regex.names.length === 0) {
    context.note(
      'rex-without-groups',
      'The pattern has no named group, so it sets no field; write `(?<name>...)`',
      stage.pattern.range,
    );
  }
  const extracted = extract(stage, column, regex, context);
  return same(
    input.with([...extracted].map(([name, over]) => [name, overlay(input.column(name), over)] as const)),
  );
};

function extract(stage: RexStage, column: Column, regex: Regex, context: RunContext): Map<string, Column> {
  const most = numberOption(stage, 'max_match', 1);
  const offsetField = textOption(stage, 'offset_field');
  const memo = new Map<number, Map<string, Stored>>();
  const results: Map<string, Stored>[] = [];
  const { codes, dictionary } = column;
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row]!;
    let found = memo.get(code);
    if (found === undefined) {
      found = new Map();
      const value = dictionary.value(code);
      if (isList(value)) context.rests('rexMultivalue');
      const texts = subjects(value, context);
      for (const [name, members] of groupsOf(texts, regex, most === 0 ? Infinity : most, stage, context)) {
        found.set(name, fromList(members));
      }
      if (offsetField !== undefined && texts.length > 0) {
        const offsets = offsetsOf(regex, texts[0]!);
        if (offsets !== '') found.set(offsetField, offsets);
      }
      memo.set(code, found);
    }
    results.push(found);
  }
  const names = offsetField === undefined ? regex.names : [...regex.names, offsetField];
  return new Map(
    names.map((name) => [name, Column.interned(results.map((found) => found.get(name) ?? null))] as const),
  );
}

function subjects(value: Stored, context: RunContext): readonly string[] {
  if (isList(value) && context.compat.rexMultivalue === 'joined') return [toText(value)];
  return toList(value).map(scalarText);
}

function groupsOf(
  texts: readonly string[],
  regex: Regex,
  most: number,
  stage: RexStage,
  context: RunContext,
): Map<string, Scalar[]> {
  const groups = new Map<string, Scalar[]>();
  for (const text of texts) {
    const matches = regex.findAll(text, most);
    if (matches === EXHAUSTED) {
      sayExhausted(context, stage.pattern);
      continue;
    }
    for (const match of matches) collect(groups, regex, match);
  }
  return groups;
}

function collect(groups: Map<string, Scalar[]>, regex: Regex, match: RegexMatch): void {
  for (const name of regex.names) {
    const text = regex.group(match, name);
    if (text === undefined) continue;
    const held = groups.get(name);
    if (held === undefined) groups.set(name, [text]);
    else held.push(text);
  }
}

/** `name=first-last` of each group in the first match, offsets counted from 0, both ends included. */
function offsetsOf(regex: Regex, text: string): string {
  const spans = regex.spans(text);
  if (spans === null || spans === EXHAUSTED) return '';
  const parts: string[] = [];
  for (const name of regex.names) {
    for (const index of regex.indices(name)) {
      const start = spans[index * 2]!;
      if (start >= 0) parts.push(`${name}=${start}-${spans[index * 2 + 1]! - 1}`);
    }
  }
  return parts.join('&');
}

function sed(stage: RexStage, input: Table, column: Column, field: string): Output {
  const script = compileSed(stage.pattern.value);
  if (typeof script !== 'function') throw new RunStop(script.code, script.message, stage.pattern.range);
  const change = (text: string): string => {
    const changed = script(text);
    return changed === EXHAUSTED ? text : changed;
  };
  const changed = mapColumn(column, (value) =>
    isList(value)
      ? fromList(value.map((member) => change(scalarText(member))))
      : value === null
        ? null
        : change(toText(value)),
  );
  return same(input.with([[field, changed]]));
}

/** Keeps rows whose field matches; `!=` the others. */
export const regex: Command<RegexStage> = (stage, input, context) => {
  const column = inputColumn(input, stage.field?.name ?? '_raw');
  const pattern = regexOf(stage.pattern);
  const keepMissing = context.compat.regexNotEqualMissing === 'keep';
  if (stage.negated) context.rests('regexNotEqualMissing');
  const memo = new Map<number, boolean>();
  const rows: number[] = [];
  for (let row = 0; row < input.size; row += 1) {
    const code = column?.codes[row] ?? 0;
    let kept = memo.get(code);
    if (kept === undefined) {
      kept =
        code === 0
          ? stage.negated && keepMissing
          : matchesAny(column!.dictionary.value(code), pattern, stage.pattern, context) !== stage.negated;
      memo.set(code, kept);
    }
    if (kept) rows.push(row);
  }
  return picked(input, Uint32Array.from(rows));
};

function matchesAny(value: Stored, pattern: Regex, text: Text, context: RunContext): boolean {
  return toList(value).some((member) => {
    const answer = pattern.test(scalarText(member));
    if (answer === EXHAUSTED) sayExhausted(context, text);
    return answer === true;
  });
}
