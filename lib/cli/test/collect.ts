import { groupBy } from '../../collections.ts';
import type {
  Catalog,
  DeclaredTest,
  Detection,
  DetectionEvidence,
  Evidence,
  TestEvidence,
} from '../../content/model.ts';
import { detectionEvidence, summarise } from '../../tester/index.ts';
import type { EvidenceCache } from './cache.ts';
import type { Download } from './download.ts';
import { duckDbVersion } from './duckdb.ts';
import { engineVersion } from './engine-version.ts';
import { type Located, locate } from './locate.ts';
import { runTasks } from './pool.ts';
import { environmentSpec, type TestTask } from './task.ts';

export interface CollectOptions {
  /** Absolute content folders, as the catalog was compiled from. */
  roots: string[];
  /** Detections to test; by default all of the catalog's that are not removed. */
  detections?: readonly Detection[];
  mirror?: string | undefined;
  download?: Download | undefined;
  jobs?: number | undefined;
  cache?: EvidenceCache | undefined;
  /** Conversions of Sigma rules without recorded events are checked over events made from the rules. */
  madeEvents?: boolean;
  onProgress?: (done: number, total: number) => void;
}

/** What stands in for a test where none is declared: it tells whether the rule could be run at all. */
const PROBE: DeclaredTest = { name: '', kind: 'unit', data: [] };

interface Planned extends TestTask {
  slug: string;
  key: string | undefined;
  known: TestEvidence | undefined;
}

/** Runs the declared tests of a catalog's detections, but for those whose result is known and still holds. */
export async function collectEvidence(catalog: Catalog, options: CollectOptions): Promise<Evidence> {
  const { cache, roots, onProgress } = options;
  const detections = options.detections ?? catalog.detections.filter(({ status }) => status !== 'removed');
  const engine = engineVersion();
  const spec = environmentSpec(catalog, roots);
  // Which of the folders' data models a search reads is not looked into: all results rest on all of them.
  const basis = JSON.stringify([engine, duckDbVersion(), spec.dataModels, spec.sigmaFiles]);
  const planned: Planned[] = [];
  for (const detection of detections) {
    const root = roots[detection.source.root];
    for (const test of detection.tests.length > 0 ? detection.tests : [PROBE]) {
      const samples: Located[] = [];
      if (root !== undefined && test.kind === 'unit') {
        for (const data of test.data) samples.push(await locate(data, { ...options, root }));
      }
      const { name, slug, language, search, risk } = detection;
      const task: TestTask = {
        detection: { name, language, search, ...(risk ? { risk } : {}) },
        test,
        samples,
        ...(options.madeEvents && language === 'sigma' ? { madeEvents: true } : {}),
      };
      const key = cache?.keyOf(task, detection, catalog, roots, basis);
      planned.push({ ...task, slug, key, known: key === undefined ? undefined : cache?.get(key) });
    }
  }
  const due = planned.filter(({ known }) => known === undefined);
  const tasks = due.map(({ slug: _slug, key: _key, known: _known, ...task }): TestTask => task);
  const results = await runTasks(tasks, spec, options.jobs, (done) => onProgress?.(done, due.length));
  for (const [at, each] of due.entries()) {
    each.known = results[at];
    if (each.key !== undefined && each.known !== undefined) cache?.set(each.key, each.known);
  }
  cache?.save();
  const bySlug = groupBy(planned, ({ slug }) => slug);
  const evidence = detections.map((detection) =>
    ofDetection(
      detection,
      (bySlug.get(detection.slug) ?? []).flatMap(({ known }) => known ?? []),
    ),
  );
  return { engine, summary: summarise(evidence), detections: evidence };
}

function ofDetection({ slug, manualTest, tests }: Detection, measured: TestEvidence[]): DetectionEvidence {
  const [probe] = measured;
  if (tests.length > 0 || probe === undefined) return detectionEvidence(slug, measured);
  const { status, code, reason, conversions } = probe;
  const checked = conversions === undefined ? {} : { conversions };
  if (status !== 'untested' || code !== 'no-sample')
    return { slug, status, code, reason, tests: [], ...checked };
  return manualTest === undefined
    ? { slug, status, code: 'no-test', reason: 'It declares no test', tests: [], ...checked }
    : { slug, status: 'declared', code: 'manual', reason: manualTest, tests: [], ...checked };
}
