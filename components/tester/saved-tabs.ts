/** Tabs of the workbench, kept in this browser alone. Events are not kept: logs may be large, and are the reader's. */
import type { Language } from './use-tester.ts';

export interface SavedTab {
  id: string;
  name: string;
  /** Detection that it was opened from. */
  slug?: string;
  language?: Language;
  search?: string;
}

const KEY = 'sightline:workbench';
const LANGUAGES: readonly unknown[] = ['spl', 'spl2', 'sigma', undefined];

export function loadTabs(): SavedTab[] {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(saved) ? saved.filter(isTab) : [];
  } catch {
    return [];
  }
}

/** Losing tabs must not stop the work: a browser may refuse to keep anything. */
export function saveTabs(tabs: readonly SavedTab[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(tabs));
  } catch {}
}

export function newTab(slug?: string): SavedTab {
  const id = crypto.randomUUID();
  return slug === undefined
    ? { id, name: 'Untitled', language: 'spl', search: START }
    : { id, name: slug, slug };
}

const START = 'index=* \n| stats count by sourcetype';

function isTab(value: unknown): value is SavedTab {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, slug, language, search } = value as Record<string, unknown>;
  const optional = (text: unknown) => text === undefined || typeof text === 'string';
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    optional(slug) &&
    optional(search) &&
    LANGUAGES.includes(language)
  );
}
