import { parseArgs } from 'node:util';
import { compile } from '../../content/compile.ts';
import type { Catalog, Detection } from '../../content/model.ts';
import { dataModels } from '../../events/cim/data-models.ts';
import type { DataModels } from '../../events/cim/datasets-of.ts';
import { madeBy } from '../../events/extract/field-origins.ts';
import { type FieldGap, type FieldRead, fieldGaps } from '../../events/extract/field-report.ts';
import { readAll } from '../../events/read/read.ts';
import type { Io } from '../io.ts';
import { entryReport } from '../run/entry.ts';
import { readSettings, SettingsError } from '../settings.ts';
import { select } from '../test/selection.ts';
import { environmentFrom, environmentSpec } from '../test/task.ts';

const OPTIONS = {
  content: { type: 'string', multiple: true },
  format: { type: 'string', default: 'text' },
  entry: { type: 'boolean', default: false },
} as const;

/**
 * Lists fields that detections read and nothing provides, or with `--entry` the data sources whose sample events get
 * into no first stage. 0 none is missing, 1 some are, 2 wrong usage.
 */
export async function main(args: string[], io: Io): Promise<number> {
  let patterns: string[];
  let format: string;
  let roots: string[];
  let entry: boolean;
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    format = values.format;
    entry = values.entry;
    if (format !== 'text' && format !== 'json') throw new SettingsError('--format is one of text, json.');
    patterns = positionals;
    roots = readSettings((values.content ?? []).flatMap((folder) => ['--content', folder])).content;
  } catch (error) {
    if (!(error instanceof SettingsError) && !(error instanceof TypeError)) throw error;
    io.err(`${error.message}\n`);
    return 2;
  }
  const catalog = await compile(roots);
  const detections = select(catalog.detections, patterns).filter(({ status }) => status !== 'removed');
  if (detections.length === 0) {
    io.err('No detection goes by that name.\n');
    return 2;
  }
  if (entry) {
    const { macros } = environmentFrom(environmentSpec(catalog, roots));
    const report = await entryReport(detections, catalog, macros);
    io.out(format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : entryText(report));
    return report.kept.length === 0 ? 0 : 1;
  }
  const models = dataModels();
  const gaps = await fieldGaps(readsOf(detections, catalog, models), await shownFields(catalog), models);
  io.out(format === 'json' ? `${JSON.stringify(gaps, null, 2)}\n` : asText(gaps, detections.length));
  return gaps.some(({ reason }) => reason === undefined) ? 1 : 0;
}

function* readsOf(
  detections: readonly Detection[],
  catalog: Catalog,
  models: DataModels,
): Generator<FieldRead> {
  const sourcetypes = new Map(catalog.dataSources.map(({ slug, sourcetype }) => [slug, sourcetype]));
  for (const { name, language, search, requiredFields, dataSources, dataModels: used } of detections) {
    // Sigma has names of its own for fields, which its conversions turn into those of a system.
    if (language === 'sigma') continue;
    const made = madeBy(expanded(search, catalog));
    const own = dataSources.flat().flatMap(({ slug }) => sourcetypes.get(slug ?? '') ?? []);
    for (const field of requiredFields) {
      if (field.includes('*')) continue;
      const [prefix = '', ...rest] = field.split('.');
      const model = used.map((each) => each.split('.')[0]!).find((each) => models.dataset(each, prefix));
      if (rest.length > 0 && model !== undefined)
        yield { reader: name, field: rest.join('.'), sourcetypes: [], dataset: `${model}.${prefix}` };
      else
        yield {
          reader: name,
          field,
          sourcetypes: used.length > 0 ? [] : [...new Set(own)],
          ...(made === undefined ? {} : { made }),
        };
    }
  }
}

/** A search with the definitions of its macros behind it: they may make fields as well as it may. */
const expanded = (search: string, { macros }: Catalog): string =>
  [...search.matchAll(/`(\w+)/g)].reduce(
    (text, [, name]) => `${text} | ${macros.find((macro) => macro.name === name)?.definition ?? ''}`,
    search,
  );

/** By sourcetype in lower case: the fields that data sources list, and that their sample logs give. */
async function shownFields({ dataSources }: Catalog): Promise<Map<string, Set<string>>> {
  const shown = new Map<string, Set<string>>();
  for (const { sourcetype, fields, outputFields, exampleLog = '' } of dataSources) {
    if (sourcetype === undefined) continue;
    const key = sourcetype.toLowerCase();
    const known = shown.get(key) ?? new Set();
    shown.set(key, known);
    for (const field of [...fields, ...outputFields]) known.add(field);
    const { records } = await readAll(new TextEncoder().encode(exampleLog), { sourcetype });
    for (const record of records) for (const field of record.fields.keys()) known.add(field);
  }
  return shown;
}

const MOST_READERS = 3;

function asText(gaps: readonly FieldGap[], detections: number): string {
  const where = `${detections.toLocaleString('en')} detection${detections === 1 ? '' : 's'}`;
  const line = ({ field, where, readers }: FieldGap) => {
    const more = readers.length > MOST_READERS ? ` and ${readers.length - MOST_READERS} more` : '';
    return `${field} (${where}): ${readers.slice(0, MOST_READERS).join(', ')}${more}\n`;
  };
  const unknown = gaps.filter(({ reason }) => reason === undefined);
  const told =
    unknown.length === 0
      ? `Every field that ${where} read is provided.\n`
      : `${unknown.length.toLocaleString('en')} fields that ${where} read come from no table of a source type, ` +
        `no data source with its sample log, and no data model:\n\n${unknown.map(line).join('')}`;
  const reasons = [...new Set(gaps.flatMap(({ reason }) => reason ?? []))].sort();
  const others = reasons.map((reason) => {
    const from = gaps.filter((gap) => gap.reason === reason);
    return `\n${from.length.toLocaleString('en')} more come from ${reason}:\n\n${from.map(line).join('')}`;
  });
  return told + others.join('');
}

function entryText({ pairs, kept }: Awaited<ReturnType<typeof entryReport>>): string {
  const lines = kept.map(({ detection, dataSource, why }) => `${detection} (${dataSource}): ${why}\n`);
  return (
    `${kept.length.toLocaleString('en')} of ${pairs.toLocaleString('en')} pairs of a detection and a data source with ` +
    `a sample log: no event of the sample gets into the search's first stage\n${lines.length > 0 ? '\n' : ''}${lines.join('')}`
  );
}
