import type { Tactic } from '../../lib/attack/techniques.ts';
import type { TechniqueEntry } from '../../lib/content/model.ts';
import { tacticUrl, techniqueUrl } from '../url.ts';

/** Techniques under their tactics, sub-techniques counted with their parent; an uncovered technique stays in sight. */
export function Matrix({
  tactics,
  techniques,
}: {
  tactics: readonly Tactic[];
  techniques: TechniqueEntry[];
}) {
  const parents = techniques.filter((technique) => !technique.parent && !technique.successor);
  const byId = new Map(techniques.map((technique) => [technique.id, technique]));
  return (
    <div className="matrix">
      {tactics.map((tactic) => {
        const own = parents.filter((technique) => technique.tactics.includes(tactic.shortName));
        const covered = own.filter((technique) => countWithSubs(technique, byId) > 0).length;
        return (
          <section key={tactic.shortName} id={tactic.shortName}>
            <h2>
              <a href={tacticUrl(tactic.shortName)}>{tactic.name}</a>
              <small>
                {covered} of {own.length}
              </small>
            </h2>
            <ul>
              {own.map((technique) => {
                const count = countWithSubs(technique, byId);
                return (
                  <li key={technique.id} className={count > 0 ? undefined : 'none'}>
                    <a href={techniqueUrl(technique.id)}>
                      <span className="mono">{technique.id}</span> {technique.name}
                    </a>
                    {count > 0 ? <b>{count}</b> : null}
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

/** Detections that name the technique or one of its sub-techniques, each once. */
export function countWithSubs(technique: TechniqueEntry, byId: Map<string, TechniqueEntry>): number {
  const slugs = new Set(technique.detections.map((detection) => detection.slug));
  for (const id of technique.subtechniques)
    for (const detection of byId.get(id)?.detections ?? []) slugs.add(detection.slug);
  return slugs.size;
}
