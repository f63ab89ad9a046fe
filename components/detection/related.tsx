import type { Detection, Reference } from '../../lib/content/model.ts';
import { Ref, RefList } from '../content/reference.tsx';
import { Section } from '../document/layout.tsx';

/** Stories it belongs to, then neighbours: what else covers this technique, story or log. */
export function Related({ detection }: { detection: Detection }) {
  const { stories, related, replaces, baselines } = detection;
  const groups: [string, Reference[]][] = [
    ['Same technique', related.byTechnique],
    ['Same story', related.byStory],
    ['Same data source', related.byDataSource],
    ['Baselines it needs', baselines],
    ['Replaces', replaces],
  ];
  const shown = groups.filter(([, references]) => references.length > 0);
  if (stories.length === 0 && shown.length === 0) return null;
  return (
    <Section
      id="related"
      title={stories.length > 0 ? 'Analytic stories and related detections' : 'Related detections'}
    >
      {stories.length > 0 ? <RefList to={stories} limit={8} /> : null}
      {shown.length > 0 ? (
        <div className="columns">
          {shown.map(([label, references]) => (
            <div key={label}>
              <h3>{label}</h3>
              <ul className="refs">
                {references.map((reference) => (
                  <li key={reference.slug ?? reference.name}>
                    <Ref to={reference} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      ) : null}
    </Section>
  );
}
