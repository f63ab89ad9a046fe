/** What a story covers follows from its detections. */
import { inKillChainOrder } from '../../attack/techniques.ts';
import type { Detection, Reference, Story } from '../model.ts';
import { byName } from './backlinks.ts';

export function deriveStories(stories: readonly Story[], detections: readonly Detection[]): void {
  const bySlug = new Map(detections.map((detection) => [detection.slug, detection]));
  for (const story of stories) {
    const members = story.detections.flatMap(({ slug }) => (slug && bySlug.get(slug)) || []);
    const sources = new Map<string, Reference>();
    for (const source of members.flatMap((member) => member.dataSources.flat())) {
      if (!sources.has(source.name)) sources.set(source.name, source);
    }
    const uses = members.flatMap((member) => member.techniques.filter((use) => !use.implied));
    story.tactics = inKillChainOrder(members.flatMap((member) => member.tactics));
    story.techniques = [...new Set(uses.map((use) => use.id))].sort();
    story.dataSources = [...sources.values()].sort(byName);
  }
}
