import type { CommandStage, EvalCondition, Option, SearchCondition } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import type { Table } from '../columns/table.ts';
import { compileWildcard } from '../regex/wildcard.ts';

/** An option's value as text. */
export function textOption(stage: CommandStage, name: string): string | undefined {
  return find(stage, name)?.value.value;
}

function find(stage: CommandStage, name: string): Option | undefined {
  return stage.options.find((option) => option.name === name);
}

/** Splunk's truth words: `t true 1 yes y`, anything else is false. */
export function flagOption(stage: CommandStage, name: string, otherwise: boolean): boolean {
  const text = textOption(stage, name);
  return text === undefined ? otherwise : /^(?:t|true|1|y|yes)$/i.test(text);
}

/** An option that must be a number; a text that is not one stops the run at the option. */
export function numberOption(stage: CommandStage, name: string, otherwise: number): number {
  const option = find(stage, name);
  if (option === undefined) return otherwise;
  const number = Number(option.value.value);
  if (option.value.value.trim() === '' || !Number.isFinite(number)) {
    throw new RunStop(
      'option-not-a-number',
      `\`${name}=${option.value.raw}\` of \`${stage.name}\` must be a number`,
      option.range,
    );
  }
  return number;
}

export function conditionOption(
  stage: CommandStage,
  name: string,
): EvalCondition | SearchCondition | undefined {
  return find(stage, name)?.condition;
}

/** Columns of the table that a list of names and wildcards stands for, in the order of the list, each once. */
export function expandNames(table: Table, patterns: readonly string[], internal = false): string[] {
  const names = new Set<string>();
  for (const pattern of patterns) {
    if (!pattern.includes('*')) {
      names.add(pattern);
      continue;
    }
    const wildcard = compileWildcard(pattern, true);
    for (const name of table.presentFields) {
      if (name.startsWith('_') && !internal && !pattern.startsWith('_')) continue;
      if (wildcard.matches(name)) names.add(name);
    }
  }
  return [...names];
}
