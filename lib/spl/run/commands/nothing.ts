import type { OptionsStage, WordsStage } from '../../syntax/ast.ts';
import { same } from '../output.ts';
import type { Command } from './command.ts';

/** Says something about where or how a search runs, which does not change its rows. */
export const nothing: Command<OptionsStage | WordsStage> = (_stage, input) => same(input);
