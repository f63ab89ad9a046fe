/** The `related` entries of Sigma rules, resolved by rule ID and read from both ends. */
import type { Detection, Reference } from '../model.ts';
import { referenceTo } from './names.ts';

export interface SigmaRelation {
  /** What this rule is to the other: "Derived from", "Replaced by"; the written type where Sigma defines no such type. */
  label: string;
  /** Without a slug where no rule of the catalog has this ID; the ID is its name then. */
  rule: Reference;
}

/** The relation types of the Sigma rule specification, as the rule that names another says it and as the other does. */
const labels = new Map<string, [named: string, back: string]>([
  ['derived', ['Derived from', 'Derived rules']],
  ['obsolete', ['Replaces', 'Replaced by']],
  // An older edition of the specification calls it so.
  ['obsoletes', ['Replaces', 'Replaced by']],
  ['merged', ['Merged from', 'Merged into']],
  ['renamed', ['Earlier ID', 'Later ID']],
  ['similar', ['Similar', 'Similar']],
]);

/** Relations by the slug of the rule; rules without any are absent. A pair that both ends name is listed once. */
export function sigmaRelations(detections: readonly Detection[]): Map<string, SigmaRelation[]> {
  const rules = detections.filter((detection) => detection.sigma);
  const byId = new Map<string, Detection>();
  for (const rule of rules) if (rule.id) byId.set(rule.id.toLowerCase(), rule);
  const found = new Map<string, SigmaRelation[]>();
  const add = (slug: string, label: string, rule: Reference): void => {
    const list = found.get(slug) ?? [];
    const same = (other: SigmaRelation) =>
      other.label === label && other.rule.slug === rule.slug && other.rule.name === rule.name;
    if (!list.some(same)) found.set(slug, [...list, { label, rule }]);
  };
  for (const rule of rules) {
    for (const { id, type } of rule.sigma!.related) {
      if (!id) continue;
      const [named, back] = labels.get(type.toLowerCase()) ?? [type || 'Related', 'Named by'];
      const other = byId.get(id.toLowerCase());
      if (other === rule) continue;
      add(rule.slug, named, other ? referenceTo(other) : { name: id });
      if (other) add(other.slug, back, referenceTo(rule));
    }
  }
  return found;
}
