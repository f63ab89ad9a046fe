/** Files that rows of a list can be taken away as. */
import { navigatorLayer } from '../../../lib/export/navigator.ts';
import type { YamlText } from '../../../lib/lists/model.ts';
import { isNumbers, type ListData } from '../../../lib/lists/open.ts';
import { type RowRecord, recordKeys, recordOf, rowsByTechnique } from '../../../lib/lists/take.ts';
import { toCsv } from '../../tester/export.ts';

interface Taken {
  data: ListData;
  rows: readonly number[];
  /** Origin and base path, for addresses that work elsewhere. */
  site: string;
  base: string;
}

export interface Export {
  label: string;
  type: string;
  file: (list: string) => string;
  offered: (data: ListData) => boolean;
  make: (taken: Taken) => BlobPart | Promise<BlobPart>;
}

export const EXPORTS: readonly Export[] = [
  {
    label: 'CSV',
    type: 'text/csv',
    file: (list) => `${list}.csv`,
    offered: () => true,
    make: async (taken) => toCsv(recordKeys(taken.data), await records(taken)),
  },
  {
    label: 'JSON',
    type: 'application/json',
    file: (list) => `${list}.json`,
    offered: () => true,
    make: async (taken) => `${JSON.stringify(await records(taken), null, 2)}\n`,
  },
  {
    label: 'YAML zip',
    type: 'application/zip',
    file: (list) => `${list}.zip`,
    offered: ({ file }) => file.yaml !== undefined,
    make: yamlZip,
  },
  {
    label: 'Navigator layer',
    type: 'application/json',
    file: (list) => `${list}.navigator.json`,
    offered: ({ fields }) => fields.has('technique'),
    make: navigator,
  },
];

async function records({ data, rows, site, base }: Taken): Promise<RowRecord[]> {
  const { ids } = data.file;
  const known = ids === undefined ? undefined : await load<string[]>(base + ids);
  return rows.map((row) => recordOf(data, row, site, known));
}

async function load<T>(address: string): Promise<T> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}. Try again.`);
  return (await response.json()) as T;
}

/** The rows' files as they lie in their content folders; of two at one path the later is told apart by its address. */
async function yamlZip({ data, rows, base }: Taken): Promise<BlobPart> {
  const { addresses, rows: perFile } = data.file.yaml!;
  const { zipSync, strToU8 } = await import('fflate');
  const files = new Map<number, YamlText[]>();
  for (const number of new Set(rows.map((row) => Math.floor(row / perFile)))) {
    files.set(number, await load<YamlText[]>(base + addresses[number]!));
  }
  const texts: Record<string, Uint8Array> = {};
  for (const row of rows) {
    const [path, text] = files.get(Math.floor(row / perFile))![row % perFile]!;
    const name = Object.hasOwn(texts, path) ? path.replace(/[^/]*$/, `${data.slugs[row]}.yml`) : path;
    texts[name] = strToU8(text);
  }
  return zipSync(texts) as BlobPart;
}

/** Scores count rows; in the list of techniques, each technique's detections. */
function navigator({ data, rows }: Taken): string {
  const detections = data.file.list === 'techniques' ? data.fields.get('detections') : undefined;
  const counts = new Map(
    isNumbers(detections) ? rows.map((row) => [data.file.names[row], detections.numbers[row]!]) : [],
  );
  const techniques = [...rowsByTechnique(data, rows)].map(([id, names]) => ({
    id,
    score: detections ? (counts.get(names[0]!) ?? 0) : names.length,
    ...(detections ? {} : { comment: names.join('\n') }),
  }));
  const [one, several] = data.file.noun;
  const title = `${rows.length} ${rows.length === 1 ? one : several}`;
  const layer = navigatorLayer(
    title,
    detections ? 'Detections of each technique.' : `How many of ${title} name each technique.`,
    techniques.sort((a, b) => (a.id < b.id ? -1 : 1)),
    data.file.attackVersion,
  );
  return `${JSON.stringify(layer, null, 2)}\n`;
}
