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
  const [completions, setCompletions] = useState<Completions>();
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
      (next) => current && setCompletions(next),
      // What is wrong, the query says.
      () => current && setCompletions(undefined),
    );
    return () => {
      current = false;
    };
  }, [client, asked]);
  return { ...(answer && { answer }), ...(completions && { completions }), ...(failure && { failure }) };
}
