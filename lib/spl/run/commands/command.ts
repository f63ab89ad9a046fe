import type { CommandStage } from '../../syntax/ast.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import type { Output } from '../output.ts';

/**
 * What a command does to the rows before it. `stage` has the shape that the command's entry in the table asks for.
 * A command that cannot go on throws `RunStop`; one that only has something to say calls `context.note`.
 */
export type Command<S extends CommandStage = CommandStage> = (
  stage: S,
  input: Table,
  context: RunContext,
) => Output;
