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
    byTechnique.score(detection);
    byStory.score(detection);
    bySource.score(detection);
    const shown = new Set<number>();
    const pick = (main: Sharing, first: Sharing, second: Sharing): Reference[] =>
      // What else two detections share decides between equals, which are common among data sources.
      main
        .best(most, shown, (index) => (first.scores[index]! + second.scores[index]!) / 16)
        .map((index) => {
          shown.add(index);
          return referenceTo(alive[index]!);
        });
    detection.related = {
      byTechnique: pick(byTechnique, byStory, bySource),
      byStory: pick(byStory, byTechnique, bySource),
      byDataSource: pick(bySource, byTechnique, byStory),
    };
  }
}

/** Which detections share a feature. Scores live in one array that is reused: this runs for every pair. */
class Sharing {
  /** By index of detection: sum over shared features of 1 / (number of detections that have it). */
  readonly scores: Float64Array;
  private touched: number[] = [];
  private readonly members = new Map<string, number[]>();

  constructor(
    private readonly detections: readonly Detection[],
    private readonly features: Features,
  ) {
    this.scores = new Float64Array(detections.length);
    detections.forEach((detection, index) => {
      for (const feature of features(detection)) {
        const list = this.members.get(feature);
        if (list) list.push(index);
        else this.members.set(feature, [index]);
      }
    });
  }

  /** Fills `scores` for one detection; its own stays 0. */
  score(detection: Detection): void {
    for (const index of this.touched) this.scores[index] = 0;
    this.touched = [];
    for (const feature of this.features(detection)) {
      const list = this.members.get(feature);
      if (!list || list.length < 2 || list.length > tooCommon) continue;
      const weight = 1 / list.length;
      for (const index of list) {
        if (this.detections[index] === detection) continue;
        if (this.scores[index] === 0) this.touched.push(index);
        this.scores[index]! += weight;
      }
    }
  }

  /** The highest scores, best first; detections are in order of name, and equal scores come in that order. */
  best(count: number, without: ReadonlySet<number>, bonus: (index: number) => number): number[] {
    const indices: number[] = [];
    const totals: number[] = [];
    for (const index of this.touched) {
      if (without.has(index)) continue;
      const total = this.scores[index]! + bonus(index);
      let at = indices.length;
      if (
        at === count &&
        (total < totals[at - 1]! || (total === totals[at - 1]! && index > indices[at - 1]!))
      ) {
        continue;
      }
      while (at > 0 && (total > totals[at - 1]! || (total === totals[at - 1]! && index < indices[at - 1]!)))
        at--;
      indices.splice(at, 0, index);
      totals.splice(at, 0, total);
      if (indices.length > count) {
        indices.pop();
        totals.pop();
      }
    }
    return indices;
  }
}
