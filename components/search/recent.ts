/** What was last looked for and opened, kept in this browser only. */

export interface Recent {
  label: string;
  /** A page, without base path; absent for a query. */
  address?: string;
}

const KEY = 'sightline:recent';
const MOST = 6;

export function recents(): Recent[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isRecent).slice(0, MOST) : [];
  } catch {
    // Storage may be refused, or hold what something else wrote there.
    return [];
  }
}

export function remember(recent: Recent): void {
  const others = recents().filter(
    ({ label, address }) => label !== recent.label || address !== recent.address,
  );
  try {
    localStorage.setItem(KEY, JSON.stringify([recent, ...others].slice(0, MOST)));
  } catch {
    // Storage may be refused; the search works without.
  }
}

function isRecent(value: unknown): value is Recent {
  if (typeof value !== 'object' || value === null) return false;
  const { label, address } = value as Record<string, unknown>;
  return typeof label === 'string' && (address === undefined || typeof address === 'string');
}
