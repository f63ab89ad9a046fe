/** Which tiers a query needs. */
import { TIER_OF_KEY, TIERS, type Tier } from './fields.ts';
import { type Clause, parseQuery } from './query.ts';
import { words } from './tokenise.ts';

/** Words that may begin a UUID; digits alone are rather an event code. */
const UUID_START = /^(?=.*[a-f])(?=.*\d)[0-9a-f]{4,8}$|^[0-9a-f]{8}(?:-[0-9a-f-]*)?$/;
const MAY_BE_UUID = /^[0-9a-f-]+$/;

/** Every tier that can change the answer, in the order in which they are loaded. */
export function tiersOf(text: string): Tier[] {
  const clauses = parseQuery(text).groups.flat();
  const wanted = new Set<Tier>(['names']);
  for (const clause of clauses) {
    for (const tier of tiersOfClause(clause)) wanted.add(tier);
  }
  if (wanted.has('searches')) wanted.add('descriptions');
  return TIERS.filter((tier) => wanted.has(tier));
}

function tiersOfClause({ key, value }: Clause): Tier[] {
  if (key === 'fp') return ['descriptions'];
  // Which techniques a threat group uses comes with the groups.
  if (key === 'technique' || key === 'tactic') return ['names', TIER_OF_KEY.group!];
  if (key !== undefined) return [TIER_OF_KEY[key] ?? 'names'];
  const ids: Tier[] = words(value).some((word) => MAY_BE_UUID.test(word)) ? ['ids'] : [];
  return [...ids, 'descriptions', 'searches'];
}

/**
 * The tiers that are worth loading for somebody who looks at the first few results. Descriptions always are; UUIDs for
 * what looks like one; searches for what they alone have, for phrases and technical words, and where the others give
 * fewer than are shown.
 */
export function tiersWorthwhile(text: string, total: number, limit: number): Tier[] {
  const clauses = parseQuery(text).groups.flat();
  const worthwhile = new Set<Tier>(['names', 'descriptions']);
  for (const { key, value, quoted } of clauses) {
    if (key !== undefined) worthwhile.add(TIER_OF_KEY[key] ?? 'names');
    else {
      if (words(value).some((word) => UUID_START.test(word))) worthwhile.add('ids');
      if (quoted || !/^[\p{L}\p{M}]+$/u.test(value)) worthwhile.add('searches');
    }
  }
  if (clauses.length > 0 && total < limit) worthwhile.add('searches');
  const possible = tiersOf(text);
  return TIERS.filter((tier) => worthwhile.has(tier) && (tier !== 'searches' || possible.includes(tier)));
}
