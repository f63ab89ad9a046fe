import { useCallback, useEffect, useRef, useState } from 'react';
import type { PlainFields } from '../../lib/events/plain-record.ts';
import { type Edits, withEvent } from '../../lib/tester/session/edits.ts';
import { MUTATIONS } from '../../lib/tester/session/mutate.ts';
import { Said } from '../text/said.tsx';
import { ClauseTree } from './clause-tree.tsx';
import { useAnswer } from './use-answer.ts';
import type { ShownRun } from './use-tester.ts';

interface EventPanelProps {
  tester: ShownRun;
  at: number;
  fields: readonly string[];
  onClose(): void;
}

/** One event: why it matched or not, its fields, and ways to change it. */
export function EventPanel({ tester, at, fields, onClose }: EventPanelProps) {
  const { client, summary } = tester;
  const [typed, setTyped] = useState<string>();
  const [wrong, setWrong] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);
  const ask = useCallback(
    async () => (summary === undefined ? undefined : client.call('event', [at])),
    [client, summary, at],
  );
  const detail = useAnswer(ask);
  const there = detail !== undefined;
  useEffect(() => {
    if (there) heading.current?.focus();
  }, [there]);

  if (detail === undefined) return null;
  const { explanation, place, line } = detail;
  const change = (next: Edits) => tester.edit(next);
  const type = (text: string) => {
    setTyped(text);
    const parsed = parseFields(text);
    if ('wrong' in parsed) setWrong(parsed.wrong);
    else {
      setWrong(undefined);
      change(withEvent(tester.edits, place, parsed.fields));
    }
  };
  return (
    <section
      className="event"
      aria-label={`Event ${at + 1}`}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <h3 ref={heading} tabIndex={-1}>
        Event {at + 1}: {line.matched ? 'why it matches' : 'why not'}
      </h3>
      <p className={explanation.outcome === 'in-result' ? 'pass' : 'fail'}>
        <Said words={explanation.message} />
      </p>
      <ol className="path">
        {explanation.steps.map((step, index) => (
          <li key={`${index}${step.command}`}>
            <span className="stage">
              <span aria-hidden="true">{step.kept ? '✓' : '✗'}</span> Stage {step.stage + 1},{' '}
              <code>{step.command}</code>
              {step.part ? `, ${step.part}` : ''}
              <span className="sr">{step.kept ? ' keeps it' : ' leaves it out'}</span>
            </span>
            {step.clause ? <ClauseTree clause={step.clause} /> : null}
            {!step.clause && step.message ? (
              <span className="why">
                {' '}
                <Said words={step.message} />
              </span>
            ) : null}
          </li>
        ))}
      </ol>
      <h4>Change it</h4>
      <div className="acts">
        {MUTATIONS.map(({ id, label, apply }) => (
          <button
            key={id}
            type="button"
            disabled={apply(detail.fields) === undefined}
            onClick={() => {
              const fieldsNow = apply(detail.fields);
              setTyped(undefined);
              if (fieldsNow) change(withEvent(tester.edits, place, fieldsNow));
            }}
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          onClick={() => change({ ...tester.edits, added: [...tester.edits.added, detail.fields] })}
        >
          Duplicate
        </button>
        <button
          type="button"
          onClick={() => {
            change(withEvent(tester.edits, place, null));
            onClose();
          }}
        >
          Take out
        </button>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
      <details className="more">
        <summary>Edit its fields</summary>
        <textarea
          className="json"
          aria-label={`Fields of event ${at + 1} as JSON`}
          aria-invalid={wrong !== undefined}
          spellCheck={false}
          rows={14}
          value={typed ?? JSON.stringify(detail.fields, undefined, 2)}
          onInput={({ currentTarget }) => type(currentTarget.value)}
        />
        {wrong ? <p className="fail">{wrong}</p> : null}
      </details>
      <h4>Its fields</h4>
      <FieldTable all={detail.fields} first={fields} />
    </section>
  );
}

/** What the rule reads comes first: that is what an author compares. */
function FieldTable({ all, first }: { all: PlainFields; first: readonly string[] }) {
  const names = [
    ...first.filter((name) => name in all),
    ...Object.keys(all).filter((name) => !first.includes(name) && name !== '_raw'),
    ...('_raw' in all ? ['_raw'] : []),
  ];
  return (
    <div className="scroll tall" tabIndex={0}>
      <table className="facts">
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row" className="mono">
                {name}
              </th>
              <td className="mono value">{shown(all[name])}</td>
            </tr>
          ))}
          {first
            .filter((name) => !(name in all) && !name.includes('.'))
            .map((name) => (
              <tr key={`absent ${name}`}>
                <th scope="row" className="mono">
                  {name}
                </th>
                <td className="unknown">absent, though the rule reads it</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

function shown(value: PlainFields[string]): string {
  return typeof value === 'object' && value !== null ? value.join('\n') : String(value);
}

function parseFields(text: string): { fields: PlainFields } | { wrong: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { wrong: `Not JSON yet: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { wrong: 'An event is one object: {"field": "value"}.' };
  }
  const bad = Object.entries(parsed).find(
    ([, value]) =>
      typeof value === 'object' &&
      value !== null &&
      !(Array.isArray(value) && value.every((each) => typeof each !== 'object')),
  );
  if (bad) return { wrong: `The field ${bad[0]} holds an object; a field is a text, or a list of texts.` };
  return { fields: parsed as PlainFields };
}
