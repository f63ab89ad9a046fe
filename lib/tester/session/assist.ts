/** What an editor asks about a rule: what is wrong with it, how it looks formatted, what may stand at the cursor. */
import type { Language } from '../../content/model.ts';
import type { ResolveMacro } from '../../spl/syntax/macros.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

export interface Checked {
  diagnostics: Diagnostic[];
  /** The rule a stage a line; absent where it cannot be read, or has no such form. */
  formatted?: string;
  /** Fields that it reads. */
  fields: string[];
}

export interface Completion {
  label: string;
  kind: 'command' | 'function' | 'aggregation' | 'option' | 'field' | 'macro' | 'lookup' | 'keyword';
  /** Put in instead of the label. */
  insert?: string;
}

export interface CompletionList {
  /** Offset of the word that a completion replaces. */
  from: number;
  completions: Completion[];
}

export interface CompletionSources {
  fields: readonly string[];
  macros: readonly { name: string; args: readonly string[] }[];
  lookups: readonly string[];
}

export interface Assistant {
  /** Ranges are offsets in the text as typed. */
  check(text: string, macros: ResolveMacro): Checked;
  /** What may stand at an offset. Works on the text before it alone, which need not be a whole rule. */
  complete(text: string, offset: number, sources: CompletionSources): CompletionList;
}

const spl = async (dialect: 'spl1' | 'spl2') => (await import('./assist-spl.ts')).splAssistant(dialect);

/** One entry per language. Each knows every command and function, so it comes with the editor and not before. */
export const ASSISTANTS: Readonly<Record<Language, () => Promise<Assistant>>> = {
  spl: () => spl('spl1'),
  spl2: () => spl('spl2'),
  sigma: async () => (await import('./assist-sigma.ts')).sigmaAssistant,
};
