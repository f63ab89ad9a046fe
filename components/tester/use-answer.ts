import { useEffect, useState } from 'react';

/**
 * The answer to a question that a worker takes time for. `ask` is a callback that changes with what is asked, a new run
 * included; the last answer stays until the next one is here. A question that fails has no answer: the failure itself
 * is said by the run.
 */
export function useAnswer<T>(ask: () => Promise<T | undefined>): T | undefined {
  const [answer, setAnswer] = useState<T>();
  useEffect(() => {
    let current = true;
    ask().then(
      (next) => current && setAnswer(() => next),
      () => current && setAnswer(undefined),
    );
    return () => {
      current = false;
    };
  }, [ask]);
  return answer;
}
