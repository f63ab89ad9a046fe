import type { SearchAnswer } from '../../lib/search/protocol.ts';
import type { SearchState } from './use-search.ts';

interface StatusProps {
  state: SearchState;
  text: string;
  onRetry: () => void;
}

/** How much was found, what is still loading, and what is wrong with the query; said aloud as it changes. */
export function Status({ state: { answer, failure }, text, onRetry }: StatusProps) {
  const current = answer?.query === text ? answer : undefined;
  const broken = failure ?? current?.failure;
  return (
    <>
      <p className="palette-status" role="status">
        {failure ? '' : said(text, current)}
      </p>
      {broken ? (
        <p className="palette-failure" role="alert">
          {broken}{' '}
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        </p>
      ) : null}
      {current && current.diagnostics.length > 0 ? (
        <ul className="palette-notes">
          {current.diagnostics.map(({ code, severity, message }) => (
            <li key={`${code} ${message}`} data-severity={severity}>
              {withCode(message)}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function said(text: string, answer: SearchAnswer | undefined): string {
  if (text.trim() === '')
    return 'Keys narrow a search: technique:T1059, event:4688, severity>=high, has:test, -word, "a phrase", OR.';
  if (!answer) return 'Searching…';
  const { total, pending, complete, results: shown } = answer;
  const results = `${total.toLocaleString('en')} ${total === 1 ? 'result' : 'results'}`;
  if (pending) return total === 0 ? 'Loading more of the index…' : `${results} so far, loading more…`;
  if (total === 0) return 'Nothing found. Try fewer words, or one of the keys such as technique: or event:.';
  if (shown.some(({ partial }) => partial)) return `${results}, then others with some of the words`;
  // The texts of searches, the last part of the index, may hold more; nobody who found enough waits for them.
  return complete ? results : `${results} in names and descriptions`;
}

/** What stands between backticks as code. */
function withCode(message: string) {
  return message.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
}
