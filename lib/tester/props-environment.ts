import type { IndexEnvironment } from '../events/extract/props/index-time.ts';
import type { PropsEnvironment } from '../events/extract/props/search-time.ts';
import type { FieldMap, FieldValue } from '../events/record.ts';
import { type InputRow, prepare, run } from '../spl/index.ts';
import { EXHAUSTED } from '../spl/run/regex/regex.ts';
import { compileSed } from '../spl/run/regex/replace.ts';
import { strptime } from '../spl/run/time/parse.ts';
import { timeZone, UTC } from '../spl/run/time/zone.ts';

/** An eval expression over an event's fields, by the search engine; undefined for null and for what is no expression. */
function evaluator(): (expression: string, fields: FieldMap) => FieldValue | undefined {
  const prepared = new Map<string, ReturnType<typeof prepare>>();
  return (expression, fields) => {
    let search = prepared.get(expression);
    if (search === undefined) {
      search = prepare(`| eval result=${expression}`);
      prepared.set(expression, search);
    }
    const value = run(search, { rows: [Object.fromEntries(fields) as InputRow] }).rows[0]?.result;
    return value === undefined || value === null
      ? undefined
      : Array.isArray(value)
        ? value.map(String)
        : String(value);
  };
}

function sed(script: string): ((text: string) => string) | undefined {
  const compiled = compileSed(script);
  if (typeof compiled !== 'function') return undefined;
  return (text) => {
    const rewritten = compiled(text);
    return rewritten === EXHAUSTED ? text : rewritten;
  };
}

/** What settings of `props.conf` need of the search language: expressions, sed scripts, time formats and zones. */
export function propsEnvironment(now: number): IndexEnvironment & PropsEnvironment {
  return {
    now,
    evaluate: evaluator(),
    sed,
    times: {
      strptime: (text, format, zone) => strptime(text, format, timeZone(zone) ?? UTC, now),
      offset: (zone, local) => {
        const found = timeZone(zone) ?? UTC;
        // Near a change of the clock the first guess may be an hour off; the second is right.
        return found.offsetAt(local - found.offsetAt(local));
      },
    },
  };
}
