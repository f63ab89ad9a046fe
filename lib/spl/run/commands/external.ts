/** Commands that reach outside a browser, and what stands in for them: an output shown, a mark, or a stop with a reason. */
import type { FieldListStage, WordsStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import type { Table } from '../columns/table.ts';
import type { LinearModel } from '../context.ts';
import { same } from '../output.ts';
import type { Stored } from '../value/value.ts';
import type { Command } from './command.ts';

/** `apply model`: runs a linear model that the environment has; any other model cannot run in a browser. */
export const apply: Command<WordsStage> = (stage, input, context) => {
  const name = stage.words[0]?.value ?? '';
  const model = context.environment.models?.get(name);
  if (model === undefined) {
    throw new RunStop(
      'model-missing',
      `\`apply ${name}\` needs a trained model that is not part of the content, so the search cannot run past it`,
      stage.range,
    );
  }
  const target = stage.alias?.name ?? `predicted(${model.target})`;
  return same(input.with([[target, Column.direct(predict(model, input))]]));
};

function predict(model: LinearModel, input: Table): Stored[] {
  const terms = model.coefficients.map(([field, weight]) => ({ column: input.column(field), weight }));
  return Array.from({ length: input.size }, (_, row) => {
    let sum = model.intercept;
    for (const { column, weight } of terms) {
      const number = column === undefined ? Number.NaN : column.dictionary.number(column.codes[row]!);
      if (Number.isNaN(number)) return null;
      sum += weight * number;
    }
    return sum;
  });
}

/** Would write or send: the rows are kept as an output, and go on. */
export const sideEffect: Command<WordsStage> = (stage, input, context) => {
  const target = stage.words.map((word) => word.value).join(' ');
  context.keep({ command: stage.name, target, rows: input.plainRows() });
  context.note(
    'no-side-effect',
    `\`${stage.name}\` did nothing; the ${input.size} rows that it was given are shown as an output`,
    stage.range,
  );
  return same(input);
};

/** Without a table of places the fields stay absent, which is also what Splunk gives for an unknown address. */
export const iplocation: Command<FieldListStage> = (stage, input, context) => {
  context.note(
    'iplocation-without-table',
    '`iplocation` has no table of places here: City, Country, Region, lat and lon stay empty',
    stage.range,
  );
  return same(input);
};

/** Statistics that Splunk does not document well enough to repeat: rows go on unmarked, and the page says so. */
export const passedOver: Command = (stage, input, context) => {
  context.note(
    'stage-not-evaluated',
    `\`${stage.name}\` was not evaluated: its algorithm is not documented, so every row went on as it was`,
    stage.range,
  );
  return same(input);
};
