/**
 * Detections that a reader of one may want next: those that share a technique, a story or a data source with it.
 * What few share counts more than what many share, so two detections of a rare sub-technique come before the hundreds
 * that read process creations.
 */
import type { Detection, Reference } from '../model.ts';
import { referenceTo } from './names.ts';

const most = 6;
/** A feature of more detections than this says nothing about any two of them. */
const tooCommon = 600;

type Features = (detection: Detection) => string[];

const techniques: Features = (detection) =>
  detection.techniques.filter((use) => !use.implied).map((use) => use.successor ?? use.id);
const stories: Features = (detection) => detection.stories.map((story) => story.name);
const sources: Features = (detection) => [
  ...new Set([
    ...detection.dataSources.flat().map((source) => source.name),
    ...(detection.sigma ? [Object.values(detection.sigma.logsource).slice(0, 3).join('/')] : []),
  ]),
];

export function relateDetections(detections: readonly Detection[]): void {
  const alive = detections.filter((detection) => detection.status !== 'removed');
  const byTechnique = new Sharing(alive, techniques);
  const byStory = new Sharing(alive, stories);
  const bySource = new Sharing(alive, sources);
  for (const detection of detections) {
    const shown = new Set<number>();
    const technique = byTechnique.scores(detection);
    const story = byStory.scores(detection);
    const source = bySource.scores(detection);
    const pick = (main: Map<number, number>, others: Map<number, number>[]): Reference[] => {
      const ranked: { index: number; score: number }[] = [];
      for (const [index, score] of main) {
        if (shown.has(index)) continue;
        let total = score;
        // Equal shares are common among data sources: what else two detections share decides.
        for (const other of others) total += (other.get(index) ?? 0) / 16;
        ranked.push({ index, score: total });
      }
      // Detections are in order of name, so equal scores come in that order.
      ranked.sort((a, b) => b.score - a.score || a.index - b.index);
      return ranked.slice(0, most).map(({ index }) => {
        shown.add(index);
        return referenceTo(alive[index]!);
      });
    };
    detection.related = {
      byTechnique: pick(technique, [story, source]),
      byStory: pick(story, [technique, source]),
      byDataSource: pick(source, [technique, story]),
    };
  }
}

class Sharing {
  private readonly members = new Map<string, number[]>();

  constructor(
    private readonly detections: readonly Detection[],
    private readonly features: Features,
  ) {
    detections.forEach((detection, index) => {
      for (const feature of features(detection)) {
        const list = this.members.get(feature);
        if (list) list.push(index);
        else this.members.set(feature, [index]);
      }
    });
  }

  /** Index of every other detection that shares a feature → sum of 1 / (number that have it). */
  scores(detection: Detection): Map<number, number> {
    const scores = new Map<number, number>();
    for (const feature of this.features(detection)) {
      const list = this.members.get(feature);
      if (!list || list.length < 2 || list.length > tooCommon) continue;
      const weight = 1 / list.length;
      for (const index of list) {
        if (this.detections[index] === detection) continue;
        scores.set(index, (scores.get(index) ?? 0) + weight);
      }
    }
    return scores;
  }
}
