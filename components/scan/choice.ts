/** Which of the site's rules run: those that a link names, and those that are grave enough. */
import type { SeverityLevel } from '../../lib/content/model.ts';
import type { RuleFacts } from '../../lib/tester/scan/report.ts';

export interface Choice {
  /** Addresses of rules; absent: all. */
  slugs?: readonly string[];
  /** The least severity; absent: any, rules without one included. */
  floor?: SeverityLevel;
}

/** The gravest first. */
export const SEVERITIES: readonly SeverityLevel[] = ['critical', 'high', 'medium', 'low', 'informational'];

/** Reads `?rules=a,b&severity=high`. */
export function choiceFrom(search: string): Choice {
  const parameters = new URLSearchParams(search);
  const slugs = (parameters.get('rules') ?? '').split(',').filter(Boolean);
  const floor = SEVERITIES.find((level) => level === parameters.get('severity'));
  return {
    ...(slugs.length === 0 ? {} : { slugs: [...new Set(slugs)] }),
    ...(floor === undefined ? {} : { floor }),
  };
}

/** The same, for the address bar; empty where everything runs. */
export function choiceText({ slugs, floor }: Choice): string {
  const parts = [
    ...(slugs === undefined ? [] : [`rules=${slugs.map(encodeURIComponent).join(',')}`]),
    ...(floor === undefined ? [] : [`severity=${floor}`]),
  ];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Positions of the chosen rules. */
export function chosenOf(
  rules: readonly Pick<RuleFacts, 'slug' | 'severity'>[],
  { slugs, floor }: Choice,
): number[] {
  const named = slugs && new Set(slugs);
  return [...rules.keys()].filter((at) => {
    const { slug, severity } = rules[at]!;
    return (named === undefined || named.has(slug)) && isGrave(severity, floor);
  });
}

/** How many run, by what is known before the rules are loaded: how many there are of each severity. */
export function countOf(
  severities: Readonly<Record<string, number>>,
  floor: SeverityLevel | undefined,
): number {
  return Object.entries(severities)
    .filter(([severity]) => isGrave(severity as SeverityLevel | '', floor))
    .reduce((sum, [, count]) => sum + count, 0);
}

function isGrave(severity: SeverityLevel | '' | undefined, floor: SeverityLevel | undefined): boolean {
  if (floor === undefined) return true;
  return (
    severity !== undefined && severity !== '' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(floor)
  );
}
