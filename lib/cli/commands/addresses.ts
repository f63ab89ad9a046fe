import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { compile } from '../../content/compile.ts';
import type { Catalog } from '../../content/model.ts';
import type { Io } from '../io.ts';
import { PROJECT, shown } from '../settings.ts';
import { settingsOrComplaint } from './build.ts';

const FILE = 'addresses.yml';
const HEADING =
  '# Published addresses: the ID of an object and the last part of its page. What stands here never moves,\n' +
  '# whatever the object is renamed to. Written by `npx sightline addresses --write`; commit it.\n';

type Pinned = Record<string, unknown>;

/**
 * Pins the addresses of everything that has an ID, one `addresses.yml` per content folder. Pinned ones stay as they
 * are; `--write` adds what is new. Without it, new objects are listed and the exit code is 1.
 */
export async function main(args: string[], io: Io): Promise<number> {
  const write = args.includes('--write');
  const settings = settingsOrComplaint(
    args.filter((arg) => arg !== '--write'),
    io,
  );
  if (!settings) return 2;
  const catalog = await compile(settings.content);
  let unpinned = 0;
  settings.content.forEach((folder, root) => {
    const path = join(folder, FILE);
    const pinned: Pinned = existsSync(path)
      ? ((parseYaml(readFileSync(path, 'utf8')) as Pinned | null) ?? {})
      : {};
    const missing = slugsOf(catalog, root).filter(([id]) => !(id in pinned));
    unpinned += missing.length;
    if (missing.length === 0) return;
    if (write) writeFileSync(path, rendered({ ...pinned, ...Object.fromEntries(missing) }));
    io.out(`${shown(path)}: ${missing.length} ${write ? 'added' : 'not pinned yet'}\n`);
  });
  if (unpinned === 0) io.out('Every address is pinned.\n');
  else if (!write)
    io.out(`Run \`sightline addresses --write\` from ${shown(PROJECT)} to pin them, and commit the file.\n`);
  return unpinned > 0 && !write ? 1 : 0;
}

/** IDs and slugs of one content folder, by ID. An ID that two objects share is pinned for the first. */
function slugsOf(catalog: Catalog, root: number): [id: string, slug: string][] {
  const lists = [
    catalog.detections,
    catalog.stories,
    catalog.lookups,
    catalog.dataSources,
    catalog.baselines,
    catalog.investigations,
    catalog.playbooks,
    catalog.deployments,
    catalog.dashboards,
    catalog.loggingPolicies,
    catalog.triggers,
    catalog.enrichments,
    catalog.responseActions,
    catalog.mitigations,
    catalog.useCases,
    catalog.customers,
  ];
  const found = new Map<string, string>();
  for (const object of lists.flat()) {
    if (object.source.root === root && object.id && !found.has(object.id)) found.set(object.id, object.slug);
  }
  return [...found];
}

/** Sorted by ID, so that two branches that add detections merge. */
function rendered(pinned: Pinned): string {
  const lines = Object.entries(pinned)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, value]) => `${id}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${HEADING}${lines.join('\n')}\n`;
}
