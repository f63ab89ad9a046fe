import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type {
  Catalog,
  ConversionCheck,
  DeclaredTest,
  Detection,
  Lookup,
  TestEvidence,
} from '../../content/model.ts';
import type { DataModelDefinition } from '../../events/cim/model.ts';
import type { EventRecord } from '../../events/record.ts';
import { checkConversions, checkWithMadeEvents } from '../../tester/check-conversions.ts';
import { environmentOf, type RuleEnvironment, runTest, type Sample } from '../../tester/index.ts';
import { elsewhereIn, filesForOthers } from '../../tester/sigma-alerts.ts';
import { readDataModels } from './data-models.ts';
import { EventDatabase } from './duckdb.ts';
import type { Located } from './locate.ts';
import { readSample } from './read-sample.ts';

/** One declared test with its data found: everything that crosses to another thread. */
export interface TestTask {
  detection: Pick<Detection, 'name' | 'language' | 'search' | 'risk'>;
  test: DeclaredTest;
  samples: Located[];
  /** Conversions of a Sigma rule without recorded events are checked over events that are made from it. */
  madeEvents?: boolean;
}

/** What rules may use, as plain data: lookups without their rows, which every thread reads for itself. */
export interface EnvironmentSpec {
  roots: string[];
  macros: Pick<Catalog['macros'][number], 'name' | 'arguments' | 'definition'>[];
  lookups: Lookup[];
  /** Data models of the content folders. */
  dataModels: DataModelDefinition[];
  /** Texts of Sigma files that others depend on. */
  sigmaFiles: string[];
}

export function environmentSpec(catalog: Catalog, roots: string[]): EnvironmentSpec {
  return {
    roots,
    macros: catalog.macros.map(({ name, arguments: args, definition }) => ({
      name,
      arguments: args,
      definition,
    })),
    lookups: catalog.lookups.map(({ table, ...lookup }) =>
      table === undefined ? lookup : { ...lookup, table: { ...table, rows: [] } },
    ),
    dataModels: readDataModels(roots).models,
    sigmaFiles: filesForOthers(catalog.detections),
  };
}

export function environmentFrom({ roots, ...content }: EnvironmentSpec): RuleEnvironment {
  return environmentOf(content, (lookup) => {
    const path = lookupPath(lookup, roots);
    return path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  });
}

/** The file of a lookup: where its table was found, or beside its YAML. */
export function lookupPath(lookup: Lookup, roots: readonly string[]): string | undefined {
  const root = roots[lookup.source.root];
  if (root === undefined) return undefined;
  if (lookup.table !== undefined) return join(root, lookup.table.path);
  // Only the name: a `filename` with `../` must not lead out of the content folder.
  return lookup.filename === undefined
    ? undefined
    : join(root, dirname(lookup.source.path), basename(lookup.filename));
}

/** Bytes of data sets that are kept read, because the tests of a data set tend to follow one another. */
const KEPT_EVENTS = 100_000;

/** Runs tasks of one environment, one after another. */
export class TaskRunner {
  private readonly environment: RuleEnvironment;
  private readonly read = new Map<string, Sample>();
  private readonly database = new EventDatabase();

  constructor(spec: EnvironmentSpec) {
    this.environment = environmentFrom(spec);
  }

  async run({ detection, test, samples, madeEvents }: TestTask): Promise<TestEvidence> {
    try {
      const ready = test.kind === 'unit' ? await Promise.all(samples.map((each) => this.sample(each))) : [];
      const { evidence, run } = runTest(detection, test, ready, this.environment);
      if (detection.language !== 'sigma') return evidence;
      const records = ready.flatMap((sample) => ('records' in sample ? sample.records : []));
      const conversions = await this.conversions(
        detection.search,
        run === undefined || run.error !== undefined ? [] : records,
        madeEvents === true && run?.error === undefined,
      );
      return conversions.length === 0 ? evidence : { ...evidence, conversions };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return {
        name: test.name,
        status: 'error',
        code: 'sample-unreadable',
        reason,
        datasets: [],
        messages: [],
      };
    }
  }

  private async conversions(
    search: string,
    records: readonly EventRecord[],
    made: boolean,
  ): Promise<ConversionCheck[]> {
    const { open } = this.database;
    const elsewhere = elsewhereIn(this.environment.sigmaFiles);
    const found = records.length === 0 ? [] : await checkConversions(search, records, open, elsewhere);
    return found.length === 0 && made ? checkWithMadeEvents(search, open, elsewhere) : found;
  }

  private async sample(located: Located): Promise<Sample> {
    const key = JSON.stringify(located);
    const known = this.read.get(key);
    if (known !== undefined) return known;
    const sample = await readSample(located);
    this.read.set(key, sample);
    let kept = 0;
    for (const [each, { records = [] }] of [...this.read].reverse() as [
      string,
      { records?: readonly unknown[] },
    ][]) {
      kept += records.length;
      if (kept > KEPT_EVENTS && each !== key) this.read.delete(each);
    }
    return sample;
  }
}
