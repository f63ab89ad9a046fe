/** The query language: words, "phrases", key:value, key>value, -negation, OR between clauses. */
import type { Diagnostic, Range } from '../text/diagnostic.ts';
import { nearestNames } from '../text/nearest.ts';

export type KeyType = 'technique' | 'text' | 'exact' | 'number' | 'date' | 'severity';

/** Keys of the language, and how the value of each is compared. */
export const KEYS: Record<string, KeyType> = {
  technique: 'technique',
  tactic: 'text',
  data_source: 'text',
  event: 'exact',
  field: 'exact',
  macro: 'exact',
  lookup: 'exact',
  cve: 'exact',
  type: 'exact',
  kind: 'exact',
  status: 'exact',
  severity: 'severity',
  risk: 'number',
  author: 'text',
  story: 'text',
  group: 'text',
  product: 'text',
  platform: 'text',
  asset_type: 'text',
  security_domain: 'text',
  updated: 'date',
  has: 'exact',
  is: 'exact',
  fp: 'text',
};

export type Operator = ':' | '>' | '<' | '>=' | '<=';

export interface Clause {
  negated: boolean;
  /** Absent: a word or phrase looked for everywhere. */
  key?: string;
  operator: Operator;
  value: string;
  quoted: boolean;
  /** Stands beside the clause that was probably meant; set for a mistyped key. */
  asTyped?: true;
  range: Range;
}

export interface Query {
  /** All of the groups hold; in a group, one of its clauses. */
  groups: Clause[][];
  diagnostics: Diagnostic[];
}

const CLAUSE = /(-?)(?:([a-z_]+)(>=|<=|>|<|:|=)(?=\S))?(?:"([^"]*)("?)|(\S+))/gi;
const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'];

/** Ways to write an event code: `EventCode=4688`, `EventID: 4688`, `event id 4688`, `event_code 4688`. */
const EVENT_CODE = /(?<=^|\s)(?:event[ _-]?(?:code|id)|signature_id)(?:\s*[=:]\s*|\s+)"?(\d+)"?(?=\s|$)/gi;

function eventCode({ 0: whole, index }: RegExpExecArray): Clause {
  const range = { start: index, end: index + whole.length };
  return { negated: false, operator: ':', value: whole.replaceAll('"', ''), quoted: false, range };
}

/**
 * Never fails: what cannot be understood is a diagnostic. An unknown `key:value` is looked for as it stands, and
 * where the key is near to a known one, so is its value alone.
 */
export function parseQuery(text: string): Query {
  const groups: Clause[][] = [];
  const diagnostics: Diagnostic[] = [];
  const codes = [...text.matchAll(EVENT_CODE)].map((match) => eventCode(match));
  let or = false;
  for (const match of text.matchAll(CLAUSE)) {
    const [whole, minus, name, operator, phrase, closing, word] = match;
    const range = { start: match.index, end: match.index + whole.length };
    const code = codes.find((each) => each.range.start <= range.start && range.end <= each.range.end);
    if (code) {
      if (code.range.start !== range.start) continue;
      const group = [code, { ...code, key: 'event', value: /\d+$/.exec(code.value)![0] }];
      if (or) groups.at(-1)!.push(...group);
      else groups.push(group);
      or = false;
      continue;
    }
    if (whole === 'OR') {
      or = groups.length > 0;
      continue;
    }
    if (whole === 'AND') continue;
    if (phrase !== undefined && closing === '') {
      const message = 'This quote is never closed; everything after it counts as the phrase. Add a `"`.';
      diagnostics.push({ code: 'query-quote-open', severity: 'warning', message, range });
    }
    let group: Clause[] | undefined;
    let clause: Clause = {
      negated: minus === '-',
      operator: ':',
      value: phrase ?? word!,
      quoted: phrase !== undefined,
      range,
    };
    const key = name?.toLowerCase();
    if (key && operator && Object.hasOwn(KEYS, key)) {
      clause = { ...clause, key, operator: operator === '=' ? ':' : (operator as Operator) };
      const fault = faultOf(clause);
      if (fault) {
        diagnostics.push({ code: 'query-value-invalid', severity: 'error', message: fault, range });
        continue;
      }
    } else if (key && operator) {
      const bare = clause;
      clause = { ...clause, value: `${name}${operator}${clause.value}` };
      // `EventCode=4688` is a piece of a search: text, without complaint.
      if (operator !== '=') {
        const [near] = nearestNames(key, Object.keys(KEYS), 1);
        const message = near
          ? `There is no key \`${key}\`. Did you mean \`${near}\`? \`${bare.value}\` is looked for as text.`
          : `There is no key \`${key}\`, so this is looked for as text. The keys are ${Object.keys(KEYS).join(', ')}.`;
        diagnostics.push({ code: 'query-key-unknown', severity: 'warning', message, range });
        // A mistyped key is no part of any text, so what was asked of it counts. To leave that out as well was not asked.
        if (near && !clause.negated) group = [bare, { ...clause, asTyped: true }];
      }
    }
    if (!clause.value.trim()) continue;
    group ??= [clause];
    if (or) groups.at(-1)!.push(...group);
    else groups.push(group);
    or = false;
  }
  return { groups, diagnostics };
}

function faultOf({ key, operator, value }: Clause): string | undefined {
  const type = KEYS[key!]!;
  if (type === 'number' && !/^\d+(?:\.\d+)?$/.test(value))
    return `\`${key}\` is compared with a number, not \`${value}\`.`;
  if (type === 'date' && !/^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(value))
    return `\`${key}\` is compared with a date such as 2024, 2024-06 or 2024-06-30, not \`${value}\`.`;
  if (type === 'severity' && !SEVERITIES.includes(value.toLowerCase()))
    return `There is no severity \`${value}\`; there are ${SEVERITIES.join(', ')}.`;
  if (operator !== ':' && type !== 'number' && type !== 'date' && type !== 'severity')
    return `\`${key}\` has no order; write \`${key}:${value}\`.`;
  return undefined;
}

/** A value in the form in which `holdsOne` compares it. */
export function comparable(type: KeyType, value: string): string {
  const lower = value.toLowerCase();
  return type === 'text' ? lower.replace(/[-_]/g, ' ') : lower;
}

/** Whether a document's value is what a clause asks for; both as `comparable` gives them. */
export function holdsOne(type: KeyType, operator: Operator, has: string, wanted: string): boolean {
  switch (type) {
    case 'technique':
      return has === wanted || has.startsWith(`${wanted}.`);
    case 'exact':
      return has === wanted;
    case 'text':
      return has.includes(wanted);
    case 'number':
      return compared(Number(has) - Number(wanted), operator);
    case 'severity':
      return compared(SEVERITIES.indexOf(has) - SEVERITIES.indexOf(wanted), operator);
    case 'date': {
      // 2024-06 is the whole month: `>` is after it, `<=` up to its end.
      const part = has.slice(0, wanted.length);
      return compared(part < wanted ? -1 : part > wanted ? 1 : 0, operator);
    }
  }
}

function compared(difference: number, operator: Operator): boolean {
  if (operator === ':') return difference === 0;
  if (operator === '>') return difference > 0;
  if (operator === '<') return difference < 0;
  return operator === '>=' ? difference >= 0 : difference <= 0;
}
