import type { Diagnostic } from '../../text/diagnostic.ts';
import { analyse } from './analyse.ts';
import type { Dialect } from './ast.ts';
import { expandMacros, type MacroDefinition } from './macros.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

export interface ParseRequest {
  id: string;
  spl: string;
  /** Definitions to expand with; without them macro calls stay as they are. */
  macros?: MacroDefinition[];
  dialect?: Dialect;
}

export interface ParseReport {
  id: string;
  /** No error. */
  ok: boolean;
  diagnostics: Diagnostic[];
  commands: string[];
  fields_read: string[];
  /** Names of the macros the text calls, in order. */
  macros: string[];
  formatted: string;
}

/** Everything a tool wants to know about one search, ranges in the text as it was typed. */
export function parseReport({ id, spl, macros, dialect = 'spl1' }: ParseRequest): ParseReport {
  const typed = parse(spl, { dialect });
  let diagnostics = typed.diagnostics;
  let { query } = typed;
  if (macros && dialect === 'spl1') {
    const expansion = expandMacros(spl, (name, count) =>
      macros.find((macro) => macro.name === name && macro.args.length === count),
    );
    const expanded = parse(expansion.text, { dialect });
    query = expanded.query;
    const mapped = expanded.diagnostics.map((each) =>
      each.range ? { ...each, range: expansion.mapRange(each.range) } : each,
    );
    diagnostics = [...expansion.diagnostics, ...mapped];
  }
  const ok = !diagnostics.some(({ severity }) => severity === 'error');
  const { commands, fieldsRead } = analyse(query);
  const names = new Set(analyse(typed.query).macros.map(({ name }) => name));
  const readable = !typed.diagnostics.some(({ severity }) => severity === 'error');
  return {
    id,
    ok,
    diagnostics,
    commands,
    fields_read: fieldsRead,
    macros: [...names],
    formatted: readable ? print(typed.query) : spl.trim(),
  };
}
