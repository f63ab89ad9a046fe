/** The data sources that a reader has, kept in this browser alone, for every list of the site. */
import { useEffect, useState } from 'react';

const KEY = 'sightline:data-sources';

function load(): string[] {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(saved) ? saved.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
  }
}

/** The keys, and how to set them. A browser that keeps nothing still has them until the page is left. */
export function useMyData(): [readonly string[], (keys: readonly string[]) => void] {
  const [keys, setKeys] = useState<readonly string[]>(load);
  useEffect(() => {
    const elsewhere = (event: StorageEvent) => event.key === KEY && setKeys(load());
    addEventListener('storage', elsewhere);
    return () => removeEventListener('storage', elsewhere);
  }, []);
  return [
    keys,
    (next) => {
      setKeys(next);
      try {
        localStorage.setItem(KEY, JSON.stringify(next));
      } catch {}
    },
  ];
}
