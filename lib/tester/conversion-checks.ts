/** What the checks of a rule's conversions come to. Apart from the checking itself, which brings the engines along. */
import type { ConversionCheck, DetectionEvidence } from '../content/model.ts';

/** One check for each backend: counts added up, and the outcome of the worst. */
export function mergeChecks(checks: readonly ConversionCheck[]): ConversionCheck[] {
  const merged = new Map<string, ConversionCheck>();
  for (const check of checks) {
    const before = merged.get(check.backend);
    merged.set(check.backend, before === undefined ? check : sumOf(before, check));
  }
  return [...merged.values()];
}

/** Of all tests of a rule; empty where none of them ran its conversions. */
export function conversionChecks(evidence: DetectionEvidence | undefined): ConversionCheck[] {
  return mergeChecks((evidence?.tests ?? []).flatMap(({ conversions }) => conversions ?? []));
}

function sumOf(one: ConversionCheck, other: ConversionCheck): ConversionCheck {
  const worse = rank(other) > rank(one) ? other : one;
  return { ...worse, events: one.events + other.events, selected: one.selected + other.selected };
}

const rank = ({ same }: ConversionCheck): number => (same === undefined ? 1 : same ? 0 : 2);
