/** Files that the tester on the pages fetches when it is opened: cases, what all rules may use, samples, examples. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Catalog, DataSource, Detection, Lookup } from '../../content/model.ts';
import { prepareRule } from '../../tester/scan/prepare.ts';
import { type ScanRule, scanRuleOf } from '../../tester/scan/report.ts';
import type { CaseData, CaseExample, EnvironmentPayload, TesterCase } from '../../tester/session/payload.ts';
import { keptEvents } from '../../tester/session/read-source.ts';
import { sampleSource } from '../../tester/session/source.ts';
import { filesForOthers } from '../../tester/sigma-alerts.ts';
import { environmentOf } from '../../tester/whole-environment.ts';
import { readDataModels } from '../test/data-models.ts';
import { locate } from '../test/locate.ts';
import { lookupPath } from '../test/task.ts';

/** A file of the published site: its root-relative address, and its text or the file that it is a copy of. */
export interface TesterFile {
  address: string;
  content: { text: string } | { path: string };
}

/** Every rule as a scan needs it; components know this address too. */
const RULES_ADDRESS = '/scan/rules.json';
/** Samples beyond this are for `sightline test`; nobody waits for them on a page. */
const LARGEST_SAMPLE = 8 << 20;
const MOST_EXAMPLES = 3;

/** Everything that belongs to the tester, each address once. `roots` are absolute content folders. */
export async function* testerFiles(catalog: Catalog, roots: readonly string[]): AsyncGenerator<TesterFile> {
  const payload = environment(catalog, roots);
  yield { address: '/tester/environment.json', content: { text: JSON.stringify(payload) } };
  yield { address: RULES_ADDRESS, content: { text: JSON.stringify(scanRules(catalog, payload)) } };
  for (const lookup of catalog.lookups) {
    const path = modelPath(lookup, roots);
    if (path !== undefined) yield { address: modelAddress(lookup), content: { path } };
  }
  const sources = new Map(catalog.dataSources.map((source) => [source.slug, source]));
  for (const source of catalog.dataSources) {
    if (source.exampleLog) yield { address: exampleAddress(source), content: { text: source.exampleLog } };
  }
  const published = new Set<string>();
  for (const detection of catalog.detections) {
    const { testerCase, samples } = await caseOf(detection, sources, roots);
    for (const [address, content] of samples) {
      if (published.has(address)) continue;
      published.add(address);
      yield { address, content };
    }
    yield { address: caseAddress(detection), content: { text: JSON.stringify(testerCase) } };
  }
}

/** Rules with what a scan has to know of each before it looks at an event: in a browser that would take a minute. */
function scanRules(catalog: Catalog, payload: EnvironmentPayload): ScanRule[] {
  const own = environmentOf(
    {
      ...payload,
      macros: payload.macros.map(({ args, ...macro }) => ({ ...macro, arguments: [...args] })),
    },
    () => undefined,
  );
  return catalog.detections.map((detection) => {
    const rule = scanRuleOf(detection);
    return { ...rule, prepared: prepareRule(rule, own) };
  });
}

export function caseAddress({ slug }: Pick<Detection, 'slug'>): string {
  return `/detections/${slug}/tester.json`;
}

function environment(catalog: Catalog, roots: readonly string[]): EnvironmentPayload {
  const sigmaFiles = filesForOthers(catalog.detections);
  return {
    ...(sigmaFiles.length === 0 ? {} : { sigmaFiles }),
    macros: catalog.macros.map(({ name, arguments: args, definition }) => ({ name, args, definition })),
    lookups: catalog.lookups.map((lookup) => {
      const { name, lookupType, fields, matchType, filename, caseSensitive, maxMatches, minMatches } = lookup;
      const { defaultMatch, table, slug } = lookup;
      const model = modelPath(lookup, roots) === undefined ? undefined : modelAddress(lookup);
      const file = lookupType === 'mlmodel' ? model : table && `/lookups/${slug}/${slug}.csv`;
      return {
        name,
        lookupType,
        fields,
        matchType,
        ...(filename === undefined ? {} : { filename }),
        ...(caseSensitive === undefined ? {} : { caseSensitive }),
        ...(maxMatches === undefined ? {} : { maxMatches }),
        ...(minMatches === undefined ? {} : { minMatches }),
        ...(defaultMatch === undefined ? {} : { defaultMatch }),
        ...(file === undefined ? {} : { file }),
      };
    }),
    dataModels: readDataModels([...roots]).models,
  };
}

/** The file of a model; undefined where a lookup is none, or its file is not among the content. */
function modelPath(lookup: Lookup, roots: readonly string[]): string | undefined {
  const path = lookup.lookupType === 'mlmodel' ? lookupPath(lookup, roots) : undefined;
  return path === undefined || size(path) === undefined ? undefined : path;
}

function modelAddress({ slug }: Lookup): string {
  return `/lookups/${slug}/${slug}.model`;
}

function exampleAddress({ slug }: DataSource): string {
  return `/data-sources/${slug}/example.log`;
}

async function caseOf(
  detection: Detection,
  sources: ReadonlyMap<string, DataSource>,
  roots: readonly string[],
): Promise<{ testerCase: TesterCase; samples: [address: string, content: TesterFile['content']][] }> {
  const { name, slug, language, search, risk, requiredFields, shape } = detection;
  const samples: [string, TesterFile['content']][] = [];
  const tests: TesterCase['tests'] = [];
  for (const test of detection.tests) {
    const data: CaseData[] = [];
    for (const each of test.data) {
      const located = await locate(each, { root: roots[detection.source.root] ?? '' });
      if ('missing' in located) data.push({ ...each, missing: located.missing.reason });
      else if ((size(located.path) ?? 0) > LARGEST_SAMPLE) {
        data.push({ ...each, missing: `${each.data} is larger than what a page offers (8 MB)` });
      } else {
        const address = sampleAddress(located.path);
        samples.push([address, { path: located.path }]);
        const published: CaseData = { ...each, file: address };
        const blob = new Blob([readFileSync(located.path)]);
        const kept = await keptEvents(sampleSource(published)!, blob);
        if (kept !== undefined) {
          const text = JSON.stringify(kept);
          published.events = `/samples/${hashOf(text)}/${basename(located.path)}.events.json`;
          samples.push([published.events, { text }]);
        }
        data.push(published);
      }
    }
    tests.push({
      name: test.name,
      kind: test.kind,
      data,
      ...(test.expectedResults === undefined ? {} : { expected: test.expectedResults }),
    });
  }
  return {
    testerCase: {
      name,
      slug,
      language,
      search,
      shape,
      fields: requiredFields,
      tests,
      examples: examplesOf(detection, sources),
      ...(risk === undefined ? {} : { risk }),
    },
    samples,
  };
}

/** Named by content, so that the same log of several content folders is published once and cached for ever. */
function sampleAddress(path: string): string {
  return `/samples/${hashOf(readFileSync(path))}/${basename(path)}`;
}

const hashOf = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 12);

function examplesOf(detection: Detection, sources: ReadonlyMap<string, DataSource>): CaseExample[] {
  const slugs = new Set(detection.dataSources.flat().map(({ slug }) => slug));
  return [...slugs]
    .flatMap((slug) => sources.get(slug ?? '') ?? [])
    .filter(({ exampleLog }) => exampleLog)
    .slice(0, MOST_EXAMPLES)
    .map((source) => ({
      name: source.name,
      file: exampleAddress(source),
      ...(source.sourceName === undefined ? {} : { source: source.sourceName }),
      ...(source.sourcetype === undefined ? {} : { sourcetype: source.sourcetype }),
    }));
}

function size(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}
