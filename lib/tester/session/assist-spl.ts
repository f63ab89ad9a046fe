import { commandEntries, commandEntry } from '../../spl/commands/table.ts';
import { AGGREGATIONS } from '../../spl/run/aggregations/registry.ts';
import { BASIC_FUNCTIONS } from '../../spl/run/functions/basic.ts';
import { MORE_NAMES } from '../../spl/run/functions/more-names.ts';
import { analyse } from '../../spl/syntax/analyse.ts';
import { expandMacros, type ResolveMacro } from '../../spl/syntax/macros.ts';
import { parse } from '../../spl/syntax/parse.ts';
import { formatSearch } from '../../spl/syntax/print.ts';
import type { Assistant, Checked, Completion, CompletionList, CompletionSources } from './assist.ts';

type Dialect = 'spl1' | 'spl2';

const LOOKUP_COMMANDS: ReadonlySet<string> = new Set(['lookup', 'inputlookup', 'outputlookup']);

/** Searches, in the pipeline language or its successor. */
export const splAssistant = (dialect: Dialect): Assistant => ({
  check: (text, macros) => check(text, dialect, macros),
  complete: (text, offset, sources) => complete(text, offset, dialect, sources),
});

function check(text: string, dialect: Dialect, macros: ResolveMacro): Checked {
  const expansion = expandMacros(text, macros);
  const { query, diagnostics } = parse(expansion.text, { dialect });
  const format = formatSearch(text, { dialect });
  return {
    diagnostics: [
      ...expansion.diagnostics,
      ...diagnostics.map((each) =>
        each.range === undefined ? each : { ...each, range: expansion.mapRange(each.range) },
      ),
    ],
    formatted: format.text,
    fields: analyse(query).fieldsRead,
  };
}

function complete(
  text: string,
  offset: number,
  dialect: Dialect,
  { fields, macros, lookups }: CompletionSources,
): CompletionList {
  const before = text.slice(0, offset);
  const word = /[\w.{}-]*$/.exec(before)![0];
  const from = offset - word.length;
  const lead = before.slice(0, from);
  if ((before.match(/`/g)?.length ?? 0) % 2 === 1) {
    const tick = before.lastIndexOf('`') + 1;
    return {
      from: tick,
      completions: macros.map(({ name, args }) => ({
        label: name,
        kind: 'macro',
        insert: args.length > 0 ? `${name}(${args.join(', ')})\`` : `${name}\``,
      })),
    };
  }
  if (insideQuotes(lead)) return { from, completions: [] };
  const stage = lead.slice(lead.search(/[^|[]*$/));
  if (/^\s*$/.test(stage) && /[|[]\s*$/.test(lead)) {
    return {
      from,
      completions: commandEntries()
        .filter(({ spl2 }) => dialect === 'spl2' || !spl2)
        .map(({ name }) => ({ label: name, kind: 'command' })),
    };
  }
  const command = /^\s*([a-z]\w*)/i.exec(stage)?.[1]?.toLowerCase() ?? 'search';
  const entry = commandEntry(command);
  const shape = entry?.shape;
  const own: Completion[] = [];
  if (LOOKUP_COMMANDS.has(command) && /^\s*\w+\s+$/.test(stage)) {
    own.push(...lookups.map((label): Completion => ({ label, kind: 'lookup' })));
  }
  own.push(
    ...Object.keys(entry?.options ?? {}).map(
      (label): Completion => ({ label, kind: 'option', insert: `${label}=` }),
    ),
  );
  if (shape === 'eval' || shape === 'where') {
    own.push(
      ...[...Object.keys(BASIC_FUNCTIONS), ...MORE_NAMES].map(
        (label): Completion => ({ label, kind: 'function', insert: `${label}(` }),
      ),
    );
  }
  if (shape === 'stats' || shape === 'tstats' || shape === 'chart') {
    own.push(...Object.keys(AGGREGATIONS).map((label): Completion => ({ label, kind: 'aggregation' })));
    own.push({ label: 'by', kind: 'keyword' }, { label: 'as', kind: 'keyword' });
  }
  return { from, completions: [...own, ...fields.map((label): Completion => ({ label, kind: 'field' }))] };
}

function insideQuotes(text: string): boolean {
  return (text.replaceAll(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}
