import { useEffect, useMemo, useRef, useState } from 'react';
import type { RunSummary } from '../../lib/tester/session/session.ts';
import type { Diagnostic } from '../../lib/text/diagnostic.ts';
import type { CodeEditor } from './code-editor.ts';
import { lineDiff } from './line-diff.ts';
import type { Language, Tester } from './use-tester.ts';

const LANGUAGES: Record<Language, string> = { spl: 'SPL', spl2: 'SPL2', sigma: 'Sigma' };

/** The rule as text: highlighted, completed and checked as it is typed; the run follows each change. */
export function RuleEditor({ tester, published }: { tester: Tester; published: string | undefined }) {
  const { rule, client, summary, setSearch, setLanguage } = tester;
  const holder = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor>(undefined);
  const [checked, setChecked] = useState<Diagnostic[]>([]);
  const [formatted, setFormatted] = useState<string>();
  const [failed, setFailed] = useState(false);
  const [comparing, setComparing] = useState(false);
  /** Texts that the editor reported and that have not come back as the rule yet, oldest first. */
  const typed = useRef<string[]>([]);
  const stop = summary?.error;
  const diagnostics = useMemo(() => withStop(checked, stop), [checked, stop]);
  const latest = useRef({ rule, setSearch, diagnostics });
  latest.current = { rule, setSearch, diagnostics };

  // The editor is a third of the tester's code: it comes when somebody edits.
  useEffect(() => {
    let current = true;
    import('./code-editor.ts').then(
      ({ openEditor }) => {
        if (!current || holder.current === null) return;
        editor.current = openEditor(holder.current, {
          text: latest.current.rule.search,
          language: latest.current.rule.language,
          label: 'Rule',
          onChange: (text) => {
            typed.current.push(text);
            latest.current.setSearch(text);
          },
          complete: (text, offset) => client.call('complete', [text, offset, latest.current.rule.language]),
        });
        void editor.current.mark(latest.current.diagnostics);
      },
      () => current && setFailed(true),
    );
    return () => {
      current = false;
      editor.current?.close();
      editor.current = undefined;
    };
  }, [client]);

  useEffect(() => {
    let current = true;
    client.call('check', [rule.search, rule.language]).then(
      (answer) => {
        if (!current) return;
        setChecked(answer.diagnostics);
        setFormatted(answer.formatted);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [client, rule.search, rule.language]);
  useEffect(() => void editor.current?.mark(diagnostics), [diagnostics]);
  useEffect(() => editor.current?.speak(rule.language), [rule.language]);
  // Only a text from elsewhere goes into the editor. What was typed comes back late, when more has been typed: putting
  // it in again would undo that, report it as typed, and so on for ever.
  useEffect(() => {
    const at = typed.current.lastIndexOf(rule.search);
    if (at === -1) editor.current?.replace(rule.search);
    typed.current = at === -1 ? [] : typed.current.slice(at + 1);
  }, [rule.search]);

  const changed = published !== undefined && published !== rule.search;
  return (
    <div className="editor">
      <div className="acts">
        {published === undefined ? (
          <label>
            Language{' '}
            <select value={rule.language} onChange={({ target }) => setLanguage(target.value as Language)}>
              {Object.entries(LANGUAGES).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {rule.language === 'sigma' ? null : (
          <button
            type="button"
            disabled={formatted === undefined || formatted === rule.search}
            onClick={() => formatted !== undefined && setSearch(formatted)}
          >
            Format
          </button>
        )}
        {published === undefined ? null : (
          <>
            <button type="button" disabled={!changed} onClick={() => setSearch(published)}>
              Reset
            </button>
            <button
              type="button"
              disabled={!changed}
              aria-pressed={comparing}
              onClick={() => setComparing(!comparing)}
            >
              Compare with the published one
            </button>
          </>
        )}
      </div>
      {failed ? (
        <textarea
          className="json"
          aria-label="Rule"
          rows={12}
          spellCheck={false}
          value={rule.search}
          onInput={({ currentTarget }) => setSearch(currentTarget.value)}
        />
      ) : (
        <div className="code-editor" ref={holder} />
      )}
      {diagnostics.length > 0 ? (
        <ul className="diagnostics" aria-live="polite">
          {diagnostics.map((diagnostic) => (
            <li
              key={`${diagnostic.code}${diagnostic.range?.start}${diagnostic.message}`}
              className={diagnostic.severity}
            >
              <button
                type="button"
                className="link"
                onClick={() => diagnostic.range && editor.current?.goTo(diagnostic.range.start)}
              >
                {placeOf(rule.search, diagnostic)}
              </button>{' '}
              {diagnostic.message} <code>{diagnostic.code}</code>
            </li>
          ))}
        </ul>
      ) : null}
      {comparing && changed ? (
        <pre className="diff" aria-label="Changes against the published rule">
          {lineDiff(published, rule.search).map(({ sign, text, line }) => (
            <span key={line} className={sign === '+' ? 'added' : sign === '-' ? 'removed' : undefined}>
              {`${sign} ${text}\n`}
            </span>
          ))}
        </pre>
      ) : null}
    </div>
  );
}

/** What reading the rule found, and what ended the run where reading it had found nothing at that place. */
function withStop(checked: Diagnostic[], stop: RunSummary['error']): Diagnostic[] {
  const { range } = stop ?? {};
  if (stop === undefined || range === undefined) return checked;
  if (checked.some((each) => each.range && each.range.start < range.end && range.start < each.range.end)) {
    return checked;
  }
  return [...checked, { code: stop.code, severity: 'error', message: stop.message, range }];
}

function placeOf(text: string, { range }: Diagnostic): string {
  if (range === undefined) return '';
  const before = text.slice(0, range.start).split('\n');
  return `Line ${before.length}, column ${before.at(-1)!.length + 1}:`;
}
