import type { ForeachStage, MapStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { readJson } from '../functions/path.ts';
import { NONE, type Output, same } from '../output.ts';
import { captureWildcard } from '../regex/wildcard.ts';
import { toList, toText } from '../value/value.ts';
import type { Command } from './command.ts';
import { expandNames, numberOption, textOption } from './options.ts';

/** A template run once per field, its marks replaced as text. Source: Search Reference, `foreach`. */
export const foreach: Command<ForeachStage> = (stage, input, context) => {
  const mode = (textOption(stage, 'mode') ?? 'multifield').toLowerCase();
  if (mode !== 'multifield') return eachMember(stage, mode, input, context);
  let table = input;
  for (const pattern of stage.fields.map((field) => field.name)) {
    for (const name of expandNames(input, [pattern])) {
      const captures = pattern.includes('*') ? (captureWildcard(pattern, name) ?? []) : [];
      const text = stage.body.text
        .replaceAll('<<FIELD>>', name)
        .replaceAll('<<MATCHSTR>>', pattern.includes('*') ? captures.join('') : name)
        .replace(/<<MATCHSEG(\d)>>/g, (_, digit: string) => captures[Number(digit) - 1] ?? '');
      table = runTemplate(quoteTarget(text, name), table, context);
    }
  }
  return same(table);
};

/** A field name with characters of the expression language is quoted where the template assigns to it. */
function quoteTarget(text: string, name: string): string {
  if (/^\w+$/.test(name)) return text;
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return text.replace(
    new RegExp(`(\\beval\\s+|,\\s*)${escaped}(\\s*=)`, 'g'),
    `$1'${name.replace(/\$/g, '$$$$')}'$2`,
  );
}

function runTemplate(text: string, table: Table, context: RunContext): Table {
  return context.search(context.parse(`| ${text.replace(/^\s*\|/, '')}`), table);
}

/** `mode=multivalue|json_array`: the eval runs once per member, on every row that has so many. */
function eachMember(stage: ForeachStage, mode: string, input: Table, context: RunContext): Output {
  const field = stage.fields[0]?.name ?? textOption(stage, 'field');
  if (field === undefined) throw new RunStop('field-missing', '`foreach` needs a field', stage.range);
  const members = Array.from({ length: input.size }, (_, row) => {
    const value = input.value(row, field);
    if (mode === 'multivalue') return toList(value).map(String);
    const json = readJson(toText(value))?.json;
    return Array.isArray(json)
      ? json.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
      : [];
  });
  const rows: Table[] = [];
  for (let row = 0; row < input.size; row += 1) {
    let one = input.select(Uint32Array.of(row));
    for (const [at, member] of members[row]!.entries()) {
      const literal = /^-?\d+(?:\.\d+)?$/.test(member) ? member : JSON.stringify(member);
      const text = stage.body.text.replaceAll('<<ITEM>>', literal).replaceAll('<<ITER>>', String(at));
      one = runTemplate(text, one, context);
    }
    rows.push(one);
  }
  return same(rows.length === 0 ? input : Table.concat(rows));
}

/** One search per row, `$field$` replaced by the row's value; the rows themselves are gone. Source: `map`. */
export const map: Command<MapStage> = (stage, input, context): Output => {
  const template = textOption(stage, 'search') ?? stage.subsearch?.text;
  if (template === undefined) {
    throw new RunStop('map-search', '`map` can only run a search given as `search="..."`', stage.range);
  }
  const most = numberOption(stage, 'maxsearches', 10);
  if (input.size > most) {
    context.note('map-limit', `\`map\` ran for the first ${most} of ${input.size} rows`, stage.range);
  }
  const tables: Table[] = [];
  const origins: number[] = [];
  for (let row = 0; row < Math.min(most, input.size); row += 1) {
    const text = template.replace(/\$([^$\s]+)\$/g, (whole, name: string) => {
      const value = input.value(row, name);
      return value === null ? whole : JSON.stringify(toText(value));
    });
    const table = context.search(context.parse(text));
    tables.push(table);
    for (let i = 0; i < table.size; i += 1) origins.push(row);
  }
  const table = Table.concat(tables);
  const rows = Uint32Array.from({ length: table.size }, (_, row) => origins[row] ?? NONE);
  return { table, origin: { kind: 'pick', rows } };
};
