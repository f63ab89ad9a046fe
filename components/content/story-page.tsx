import type { Detection, Story } from '../../lib/content/model.ts';
import { Cve, Technique } from '../attack/links.tsx';
import { Section } from '../document/layout.tsx';
import { DetectionTable, summarise } from '../lists/detection-table.tsx';
import { Markdown } from '../text/markdown.tsx';
import { tacticUrl } from '../url.ts';
import { ObjectPage } from './object-page.tsx';
import { Joined, RefList, Refs } from './reference.tsx';

interface StoryPageProps {
  story: Story;
  detections: Detection[];
  tacticName: (shortname: string) => string;
}

export function StoryPage({ story, detections, tacticName }: StoryPageProps) {
  return (
    <ObjectPage
      object={story}
      noun="Analytic story"
      list="Stories"
      facts={[
        { label: 'Category', value: story.categories.join(', ') },
        { label: 'Use case', value: story.usecase },
        {
          label: 'Tactics',
          value:
            story.tactics.length > 0 ? (
              <Joined
                items={story.tactics.map((t) => (
                  <a key={t} href={tacticUrl(t)}>
                    {tacticName(t)}
                  </a>
                ))}
              />
            ) : null,
        },
        {
          label: 'Techniques',
          value:
            story.techniques.length > 0 ? (
              <span className="mono">
                <Joined items={story.techniques.map((id) => <Technique key={id} id={id} />)} />
              </span>
            ) : null,
        },
        {
          label: 'CVEs',
          value:
            story.cves.length > 0 ? (
              <Joined items={story.cves.map((id) => <Cve key={id} id={id} />)} />
            ) : null,
        },
        { label: 'Threat groups', value: story.threatGroups.join(', ') },
        { label: 'Product', value: story.products.join(', ') },
      ]}
    >
      {story.narrative.trim() ? (
        <Section id="narrative" title="Narrative">
          <Markdown text={story.narrative} />
        </Section>
      ) : null}
      <Section id="detections" title="Detections" note={String(detections.length)}>
        {detections.length > 0 ? (
          <DetectionTable detections={detections.map(summarise)} />
        ) : (
          <p className="nothing">
            No detection names this story. Add its name to a detection’s `analytic_story` to list it here.
          </p>
        )}
      </Section>
      {story.dataSources.length > 0 ? (
        <Section id="data-sources" title="Data sources">
          <p>
            <Refs to={story.dataSources} />
          </p>
        </Section>
      ) : null}
      {story.baselines.length > 0 ? (
        <Section id="baselines" title="Baselines">
          <RefList to={story.baselines} />
        </Section>
      ) : null}
      {story.investigations.length > 0 ? (
        <Section id="investigations" title="Investigations">
          <RefList to={story.investigations} />
        </Section>
      ) : null}
    </ObjectPage>
  );
}
