import { wording } from '../../lib/spl/explain/wording.ts';
import type { Clause } from '../../lib/spl/run/search/predicate.ts';
import { Said } from '../text/said.tsx';

const WORDS: Partial<Record<Clause['kind'], string>> = { and: 'all of', or: 'any of', not: 'not' };

/** Beyond this a value is cut; the whole stands among the event's fields. */
const LONGEST = 240;

/** A condition as it went for one event: ticks and crosses, the actual value beside the wanted one, the reason. */
export function ClauseTree({ clause }: { clause: Clause }) {
  return (
    <ul className="clauses">
      <ClauseItem clause={clause} wanted />
    </ul>
  );
}

/** `wanted`: whether the event needs this clause to hold. Under a NOT it is the other way round. */
function ClauseItem({ clause, wanted }: { clause: Clause; wanted: boolean }) {
  const { kind, matched, children } = clause;
  const good = matched === wanted;
  const group = WORDS[kind];
  return (
    <li className={good ? 'good' : 'bad'}>
      <span className="mark" aria-hidden="true">
        {matched ? '✓' : '✗'}
      </span>
      <span className="sr">{matched ? 'holds: ' : 'does not hold: '}</span>
      {group ? <b>{group}</b> : <code>{cut(clause.text)}</code>}
      {group ? null : <Reason clause={clause} />}
      {children && children.length > 0 ? (
        <ul>
          {children.map((child, index) => (
            <ClauseItem
              key={`${index}${child.text}`}
              clause={child}
              wanted={kind === 'not' ? !wanted : wanted}
            />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function Reason({ clause }: { clause: Clause }) {
  const { matched, actual, kind } = clause;
  if (!matched)
    return (
      <span className="why">
        {' '}
        <Said words={wording(clause)} />
      </span>
    );
  if (kind === 'constant' || actual === undefined || actual === null) return null;
  return (
    <span className="why">
      {' '}
      is <q>{cut(typeof actual === 'object' ? actual.map(String).join(', ') : String(actual))}</q>
    </span>
  );
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
