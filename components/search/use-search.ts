import { useEffect, useState } from 'react';
import type { Completions } from '../../lib/search/completions.ts';
import type { SearchAnswer } from '../../lib/search/protocol.ts';
import type { SearchClient } from './client.ts';

/** How many results the palette shows. */
export const SHOWN = 10;

export interface SearchState {
  /** The last answer, which stays while the next one is not there. */
  answer?: SearchAnswer;
  completions?: Completions;
  /** Why there is no answer at all. */
  failure?: string;
}

/** What is asked; a new object asks again. */
export interface Asked {
  text: string;
  caret: number;
}

/** Answers and completions to a text, as they come. */
export function useSearch(client: SearchClient, asked: Asked): SearchState {
  const [answer, setAnswer] = useState<SearchAnswer>();
  const [completed, setCompleted] = useState<{ asked: Asked; completions: Completions }>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    client.query(
      asked.text,
      SHOWN,
      (next) => {
        setFailure(undefined);
        setAnswer(next);
      },
      ({ message }) => setFailure(message),
    );
    let current = true;
    client.complete(asked.text, asked.caret).then(
      (completions) => current && setCompleted({ asked, completions }),
      // What is wrong, the query says.
      () => current && setCompleted(undefined),
    );
    return () => {
      current = false;
    };
  }, [client, asked]);
  // Completions of another text stand for other parts of it: taken by Tab they left a letter behind.
  const completions = completed?.asked === asked ? completed.completions : undefined;
  return { ...(answer && { answer }), ...(completions && { completions }), ...(failure && { failure }) };
}
