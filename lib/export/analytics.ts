/** What detections cover, read, need and lead to, as one table: the analytics of Atomic Threat Coverage, with its columns. */
import { tactic } from '../attack/techniques.ts';
import type { Catalog, Detection, TechniqueUse } from '../content/model.ts';
import { sourceCells } from './pivoting.ts';
import { csvTable } from './table.ts';

const columns = [
  'customer',
  'tactic',
  'technique',
  'detection_rule',
  'category',
  'platform',
  'type',
  'channel',
  'provider',
  'data_needed',
  'logging policy',
  'enrichment',
  'enrichment requirements',
  'response playbook',
  'response action',
];

/**
 * A row for each combination of customer, technique in one of its tactics, data source, logging policy, enrichment and
 * playbook of a detection; what a detection has none of is an empty cell. Several requirements or actions share a cell,
 * separated by semicolons. Removed detections are left out.
 */
export function analyticsCsv(catalog: Catalog): string {
  return csvTable(columns, rowsOf(catalog));
}

function* rowsOf(catalog: Catalog): Iterable<string[]> {
  const sources = new Map(catalog.dataSources.map((source) => [source.name, source]));
  const enrichments = new Map(catalog.enrichments.map((enrichment) => [enrichment.name, enrichment]));
  const playbooks = new Map(catalog.playbooks.map((playbook) => [playbook.name, playbook]));
  const customers = new Map<string, string[]>();
  for (const customer of catalog.customers) {
    for (const { name } of customer.detections) {
      customers.set(name, [...(customers.get(name) ?? []), customer.name]);
    }
  }
  const enriched = (name: string) => {
    const requires = enrichments.get(name)?.requires ?? [];
    return [name, requires.map((required) => required.name).join('; ')];
  };
  const answered = (name: string) => {
    const stages = playbooks.get(name)?.stages ?? [];
    return [name, stages.flatMap(({ actions }) => actions.map((action) => action.name)).join('; ')];
  };
  for (const detection of catalog.detections) {
    if (detection.status === 'removed') continue;
    const read = [...new Set(detection.dataSources.flat().map(({ name }) => name))].flatMap((name) => {
      const source = sources.get(name);
      const cells = source ? sourceCells(source) : [...sourceCells(undefined).slice(1), name];
      return atLeastOne(
        source?.loggingPolicies.map((policy) => [...cells, policy.name]),
        [...cells, ''],
      );
    });
    const parts = [
      atLeastOne(
        customers.get(detection.name)?.map((name) => [name]),
        [''],
      ),
      atLeastOne(techniquesOf(detection), ['', '']),
      [[detection.name]],
      atLeastOne(read, [...sourceCells(undefined), '']),
      atLeastOne(
        detection.enrichments.map(({ name }) => enriched(name)),
        ['', ''],
      ),
      atLeastOne(
        detection.playbooks.map(({ name }) => answered(name)),
        ['', ''],
      ),
    ];
    yield* combinations(parts);
  }
}

/** `TA0006: Credential Access` and `T1003: OS Credential Dumping`, for each tactic that the detection has it for. */
function techniquesOf(detection: Detection): string[][] {
  const listed = detection.techniques.filter((use) => !use.implied);
  return listed.flatMap((use) => {
    const name = use.name ? `${use.id}: ${use.name}` : use.id;
    return atLeastOne(
      tacticsOf(use, detection).map((tacticName) => [tacticName, name]),
      ['', name],
    );
  });
}

function tacticsOf(use: TechniqueUse, detection: Detection): string[] {
  const meant = use.tactics.filter((shortName) => detection.tactics.includes(shortName));
  return (meant.length > 0 ? meant : use.tactics).map((shortName) => {
    const known = tactic(shortName);
    return known ? `${known.id}: ${known.name}` : shortName;
  });
}

function atLeastOne(rows: string[][] | undefined, none: string[]): string[][] {
  return rows && rows.length > 0 ? rows : [none];
}

function combinations(parts: string[][][]): string[][] {
  return parts.reduce<string[][]>(
    (rows, part) => rows.flatMap((row) => part.map((cells) => [...row, ...cells])),
    [[]],
  );
}
