import type { TechniqueUse } from '../../lib/content/model.ts';
import { Technique } from './links.tsx';

/** Techniques that a file lists, one a line; parents that only go with them are left out. */
export function TechniqueUses({ techniques }: { techniques: TechniqueUse[] }) {
  const listed = techniques.filter((use) => !use.implied);
  return listed.map(({ id, name }) => (
    <span key={id} className="line">
      <span className="mono">
        <Technique id={id} />
      </span>{' '}
      {name}
    </span>
  ));
}
