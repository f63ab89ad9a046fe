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

/** Of all tests of a rule, those with recorded events before those without; empty where no conversion was run. */
export function conversionChecks(evidence: DetectionEvidence | undefined): ConversionCheck[] {
  const all = (evidence?.tests ?? []).flatMap(({ conversions }) => conversions ?? []);
  const recorded = all.filter(({ made }) => !made);
  if (recorded.length > 0) return mergeChecks(recorded);
  // Tests of one rule have the same events made from it.
  const [first] = [
    evidence?.conversions,
    ...(evidence?.tests ?? []).map(({ conversions }) => conversions),
  ].filter((one) => one !== undefined);
  return first ?? [];
}

function sumOf(one: ConversionCheck, other: ConversionCheck): ConversionCheck {
  const worse = rank(other) > rank(one) ? other : one;
  return { ...worse, events: one.events + other.events, selected: one.selected + other.selected };
}

const rank = ({ same }: ConversionCheck): number => (same === undefined ? 1 : same ? 0 : 2);
