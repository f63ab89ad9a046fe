/** ATT&CK techniques of a detection: names, tactics, successors, and the parents that a file leaves out. */
import { inKillChainOrder, parentOf, technique } from '../../attack/techniques.ts';
import type { TechniqueUse } from '../model.ts';

/**
 * In the order written, each parent before its sub-techniques. A parent that the file does not list is added as
 * `implied`, because a table of sub-techniques alone is hard to read.
 */
export function techniqueUses(ids: string[]): TechniqueUse[] {
  const written = [...new Set(ids.map((id) => id.trim().toUpperCase()).filter(Boolean))];
  const families = new Map<string, string[]>();
  for (const id of written) {
    const family = parentOf(id) ?? id;
    const members = families.get(family);
    if (!members) families.set(family, [id]);
    else members.push(id);
  }
  return [...families].flatMap(([family, members]) => {
    const subs = members.filter((id) => id !== family).sort();
    return [family, ...subs].map((id) => use(id, !written.includes(id)));
  });
}

/** Tactic short names of the techniques that a file lists, in kill-chain order. */
export function tacticsOf(uses: TechniqueUse[]): string[] {
  return inKillChainOrder(uses.filter((use) => !use.implied).flatMap((use) => use.tactics));
}

function use(id: string, implied: boolean): TechniqueUse {
  const known = technique(id);
  return {
    id,
    ...(known ? { name: known.name } : {}),
    tactics: known?.tactics ?? [],
    ...(known?.successor ? { successor: known.successor } : {}),
    implied,
  };
}
