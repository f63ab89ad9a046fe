/** What an editor asks about a rule: what is wrong with it, how it looks formatted, what may stand at the cursor. */
import type { Language } from '../../content/model.ts';
import { readSigma } from '../../sigma/rule/read.ts';
import { commandEntries, commandEntry } from '../../spl/commands/table.ts';
import { AGGREGATIONS } from '../../spl/run/aggregations/registry.ts';
import { FUNCTIONS } from '../../spl/run/functions/registry.ts';
import { analyse } from '../../spl/syntax/analyse.ts';
import { expandMacros, type ResolveMacro } from '../../spl/syntax/macros.ts';
import { parse } from '../../spl/syntax/parse.ts';
import { formatSearch } from '../../spl/syntax/print.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

export interface Checked {
  diagnostics: Diagnostic[];
  /** The rule a stage a line; absent where it cannot be read, or has no such form. */
  formatted?: string;
  /** Fields that it reads. */
  fields: string[];
}

/** Ranges are offsets in the text as typed. */
export function check(text: string, language: Language, macros: ResolveMacro): Checked {
  if (language === 'sigma') return { diagnostics: [...readSigma(text).diagnostics], fields: [] };
  const dialect = language === 'spl2' ? 'spl2' : 'spl1';
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

const LOOKUP_COMMANDS: ReadonlySet<string> = new Set(['lookup', 'inputlookup', 'outputlookup']);
const SIGMA_KEYS = [
  'title',
  'id',
  'status',
  'level',
  'logsource',
  'product',
  'category',
  'service',
  'detection',
  'selection',
  'filter',
  'condition',
  'falsepositives',
  'fields',
  'tags',
  'description',
];
const SIGMA_MODIFIERS = [
  'contains',
  'startswith',
  'endswith',
  'all',
  're',
  'cidr',
  'windash',
  'base64offset',
  'exists',
  'cased',
  'fieldref',
  'lt',
  'lte',
  'gt',
  'gte',
  'neq',
];

/** What may stand at an offset. Works on the text before it alone, which need not be a whole search. */
export function complete(
  text: string,
  offset: number,
  language: Language,
  { fields, macros, lookups }: CompletionSources,
): CompletionList {
  const before = text.slice(0, offset);
  if (language === 'sigma') return completeSigma(before, fields);
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
    const dialect2 = language === 'spl2';
    return {
      from,
      completions: commandEntries()
        .filter(({ spl2 }) => dialect2 || !spl2)
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
      ...Object.keys(FUNCTIONS).map(
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

function completeSigma(before: string, fields: readonly string[]): CompletionList {
  const modifier = /\|(\w*)$/.exec(before);
  if (modifier) {
    return {
      from: before.length - modifier[1]!.length,
      completions: SIGMA_MODIFIERS.map((label) => ({ label, kind: 'function' })),
    };
  }
  const word = /[\w.]*$/.exec(before)![0];
  return {
    from: before.length - word.length,
    completions: [
      ...SIGMA_KEYS.map((label): Completion => ({ label, kind: 'keyword', insert: `${label}: ` })),
      ...fields.map((label): Completion => ({ label, kind: 'field' })),
    ],
  };
}
