import type { ConvertStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { mapColumn } from '../columns/derive.ts';
import type { RunContext } from '../context.ts';
import { same } from '../output.ts';
import { compileWildcard } from '../regex/wildcard.ts';
import { strftime } from '../time/format.ts';
import { strptime } from '../time/parse.ts';
import { fromList, isList, type Scalar, type Stored, scalarText, toNumber } from '../value/value.ts';
import type { Command } from './command.ts';
import { textOption } from './options.ts';

const DEFAULT_TIME_FORMAT = '%m/%d/%Y %H:%M:%S';
const BYTES: Readonly<Record<string, number>> = { k: 1, m: 1024, g: 1024 * 1024 };

interface Conversion {
  format: string;
  context: RunContext;
}

/** Undefined: the value could not be converted. Source: Search Reference, `convert`. */
type Converter = (value: Scalar, how: Conversion) => Scalar | undefined;

const CONVERTERS: Readonly<Record<string, Converter>> = {
  ctime: (value, { format, context }) => {
    const time = toNumber(value);
    return time === undefined ? undefined : (strftime(time, format, context.zone) ?? undefined);
  },
  mktime: (value, { format, context }) =>
    strptime(scalarText(value), format, context.zone, context.now, context) ?? undefined,
  mstime: (value) => {
    const match = /^(?:(\d+):)?(\d+)\.(\d{1,3})$/.exec(scalarText(value));
    if (match === null) return undefined;
    return Number(match[1] ?? 0) * 60 + Number(match[2]) + Number(match[3]!.padEnd(3, '0')) / 1000;
  },
  dur2sec: (value) => {
    const match = /^(?:(\d+)\+)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(scalarText(value));
    if (match === null) return undefined;
    const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
    return days! * 86_400 + hours! * 3600 + minutes! * 60 + seconds!;
  },
  memk: (value) => {
    const match = /^([\d.]+)([kmg])?$/i.exec(scalarText(value));
    return match === null ? undefined : Number(match[1]) * BYTES[(match[2] ?? 'k').toLowerCase()]!;
  },
  rmcomma: (value) => toNumber(scalarText(value).replace(/,/g, '')),
  rmunit: (value) => {
    const match = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i.exec(scalarText(value));
    return match === null ? undefined : Number(match[0]);
  },
  num: (value) => toNumber(value) ?? CONVERTERS.rmcomma!(value, UNUSED) ?? CONVERTERS.rmunit!(value, UNUSED),
  auto: (value) =>
    toNumber(value) ?? CONVERTERS.dur2sec!(value, UNUSED) ?? CONVERTERS.rmcomma!(value, UNUSED),
  none: (value) => value,
};
/** For the converters that look at the value alone. */
const UNUSED = {} as Conversion;
/** Functions that remove a value they cannot convert, as the reference says of each. */
const REMOVES = new Set(['num', 'memk', 'rmcomma', 'rmunit', 'dur2sec', 'mktime', 'mstime']);

export const convert: Command<ConvertStage> = (stage, input, context) => {
  const how = { format: textOption(stage, 'timeformat') ?? DEFAULT_TIME_FORMAT, context };
  const spared = new Set(
    stage.functions
      .filter((entry) => entry.func === 'none')
      .flatMap((entry) => namesOf(entry.field.name, input.names)),
  );
  let table = input;
  for (const entry of stage.functions) {
    const converter = Object.hasOwn(CONVERTERS, entry.func) ? CONVERTERS[entry.func] : undefined;
    if (converter === undefined) {
      throw new RunStop('convert-function', `\`convert\` has no function \`${entry.func}\``, entry.range);
    }
    for (const name of namesOf(entry.field.name, table.names)) {
      const column = table.column(name);
      if (column === undefined || (entry.func !== 'none' && spared.has(name))) continue;
      const changed = mapColumn(
        column,
        (value) => convertValue(value, converter, entry.func, how),
        column.pinned,
      );
      table = table.with([[entry.alias?.name ?? name, changed]]);
    }
  }
  return same(table);
};

function namesOf(pattern: string, names: readonly string[]): string[] {
  if (!pattern.includes('*')) return [pattern];
  const wildcard = compileWildcard(pattern, true);
  return names.filter((name) => !name.startsWith('_') && wildcard.matches(name));
}

function convertValue(value: Stored, converter: Converter, func: string, how: Conversion): Stored {
  if (value === null) return null;
  const one = (member: Scalar): Scalar | undefined => {
    const converted = converter(member, how);
    if (converted !== undefined) return converted;
    how.context.rests('convertNotNumeric');
    const keeps = how.context.compat.convertNotNumeric === 'keep' && !REMOVES.has(func);
    return keeps ? member : undefined;
  };
  if (!isList(value)) return one(value) ?? null;
  return fromList(value.flatMap((member) => one(member) ?? []));
}
