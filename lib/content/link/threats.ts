/** Entries of techniques and CVEs: facts, and what the catalog has for each. */
import { currentTechniqueIds, isTechniqueId, parentOf, technique } from '../../attack/techniques.ts';
import { isCveId } from '../../text/cve.ts';
import type { CveEntry, Detection, Reference, Story, TechniqueEntry } from '../model.ts';
import { referenceTo } from './names.ts';

/**
 * All current techniques, so that a page can show what is not covered and no link between techniques is dead, and the
 * revoked, deprecated and unknown ones that a detection lists. A detection of a revoked technique counts for its
 * successor too.
 */
export function techniqueEntries(detections: readonly Detection[]): TechniqueEntry[] {
  const covered = new Map<string, Map<Detection, Reference>>();
  const ids = new Set(currentTechniqueIds());
  for (const detection of detections) {
    for (const { id, successor, implied } of detection.techniques) {
      if (!isTechniqueId(id)) continue;
      ids.add(id);
      if (implied) continue;
      for (const target of successor ? [id, successor] : [id]) {
        const list = covered.get(target) ?? new Map<Detection, Reference>();
        list.set(detection, referenceTo(detection));
        covered.set(target, list);
      }
    }
  }
  return [...ids].sort().map((id) => {
    const known = technique(id);
    const parent = known?.parent ?? parentOf(id);
    return {
      id,
      name: known?.name ?? id,
      tactics: known?.tactics ?? [],
      platforms: known?.platforms ?? [],
      ...(parent ? { parent } : {}),
      subtechniques: known?.subtechniques ?? [],
      groups: known?.groups ?? [],
      software: known?.software ?? [],
      mitigations: known?.mitigations ?? [],
      detections: [...(covered.get(id)?.values() ?? [])],
      ...(known?.successor ? { successor: known.successor } : {}),
    };
  });
}

export function cveEntries(detections: readonly Detection[], stories: readonly Story[]): CveEntry[] {
  const entries = new Map<string, CveEntry>();
  const entry = (id: string): CveEntry => {
    const known = entries.get(id) ?? { id, detections: [], stories: [] };
    entries.set(id, known);
    return known;
  };
  for (const detection of detections) {
    for (const id of detection.cves) if (isCveId(id)) entry(id).detections.push(referenceTo(detection));
  }
  for (const story of stories) {
    for (const id of story.cves) if (isCveId(id)) entry(id).stories.push(referenceTo(story));
  }
  return [...entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
