/** What a scan has to know of a rule before it looks at an event, as plain data: worked out once, when a site is built. */
import type { Expression, Value } from '../../sigma/rule/expression.ts';
import type { LogSource } from '../../sigma/rule/model.ts';
import { ANY, ONE, type Part } from '../../sigma/rule/pattern.ts';
import type { RuleNote } from './report.ts';

export type PreparedRule =
  /** Cannot be run; says why. */
  | { kind: 'unasked'; code: string; message: string }
  /** A Sigma file that alerts on single events. */
  | { kind: 'events'; alerts: PreparedAlert[]; notes?: Pick<RuleNote, 'code' | 'message'>[] }
  /** A Sigma file that counts events, too: made ready from its text. */
  | { kind: 'counts' }
  /** A search; its text is read when it has an event. */
  | {
      kind: 'search';
      /** What an event must have to be of use; absent: every event is. */
      events?: Packed;
      /** Runs over every event once one is of use. */
      whole: boolean;
      /** Gives no row, and no error, where no event is of use. */
      silent: boolean;
    };

export interface PreparedAlert {
  logsource: Pick<LogSource, 'product' | 'category' | 'service'>;
  /** The log source does not decide. */
  anywhere?: true;
  expression: Packed;
}

/** An expression as JSON, without its places in a text: numbers stand for the wildcards of a pattern. */
export type Packed =
  | { and: Packed[] }
  | { or: Packed[] }
  | { not: Packed }
  | { field?: string; value: Exclude<Value, { kind: 'pattern' }> }
  | { field?: string; text: PackedPart[]; cased?: true };

type PackedPart = string | typeof PACKED_ANY | typeof PACKED_ONE;

const PACKED_ANY = 0;
const PACKED_ONE = 1;
/** Ranges of what was packed are in no text that is at hand. */
export const NOWHERE = { start: 0, end: 0 };

export function pack(expression: Expression): Packed {
  if (expression.kind === 'not') return { not: pack(expression.item) };
  if (expression.kind !== 'test') {
    const items = expression.items.map(pack);
    return expression.kind === 'and' ? { and: items } : { or: items };
  }
  const { field, value } = expression;
  const named = field === undefined ? {} : { field };
  if (value.kind !== 'pattern') return { ...named, value };
  const text = value.pattern.map(
    (part): PackedPart => (part === ANY ? PACKED_ANY : part === ONE ? PACKED_ONE : part),
  );
  return { ...named, text, ...(value.cased ? { cased: true } : {}) };
}

/** The same expression; its ranges are empty. */
export function unpack(packed: Packed): Expression {
  if ('and' in packed) return { kind: 'and', items: packed.and.map(unpack), range: NOWHERE };
  if ('or' in packed) return { kind: 'or', items: packed.or.map(unpack), range: NOWHERE };
  if ('not' in packed) return { kind: 'not', item: unpack(packed.not), range: NOWHERE };
  const { field } = packed;
  if ('value' in packed) return { kind: 'test', field, value: packed.value, range: NOWHERE };
  const pattern = packed.text.map((part): Part => {
    if (typeof part === 'string') return part;
    return part === PACKED_ANY ? ANY : ONE;
  });
  return {
    kind: 'test',
    field,
    value: { kind: 'pattern', pattern, cased: packed.cased === true },
    range: NOWHERE,
  };
}
