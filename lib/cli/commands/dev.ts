import { watch } from 'node:fs';
import { join } from 'node:path';
import { compile, createCache } from '../../content/compile.ts';
import { buildAssets } from '../build/assets.ts';
import { prepare } from '../build/build.ts';
import { counts, reportDiagnostics } from '../build/report.ts';
import { Front } from '../dev/front.ts';
import { startNextDev } from '../dev/next-dev.ts';
import { type Io, Progress } from '../io.ts';
import { PROJECT } from '../settings.ts';
import { settingsOrComplaint } from './build.ts';

/** Editors write a file in several steps; this long after the last one it is taken as done. */
const SETTLED_MS = 40;

/** Serves the site and rebuilds what an edit touches, until it is interrupted. */
export async function main(args: string[], io: Io): Promise<number> {
  const settings = settingsOrComplaint(args, io);
  if (!settings) return 2;
  const progress = new Progress(io);
  const cache = createCache();

  progress.begin('Compile content');
  let catalog = await compile(settings.content, {
    cache,
    onProgress: ({ done, total }) => progress.at(done, total),
  });
  progress.end(counts(catalog) || 'nothing found');
  reportDiagnostics(io, catalog, settings);
  let assets = await buildAssets({ reload: true });
  await prepare(catalog, settings, assets);

  progress.begin('Start page server');
  const next = await startNextDev();
  progress.end('ready');
  const front = new Front(settings, next.port);
  front.update(catalog);

  const onContent = settle(async () => {
    const started = performance.now();
    catalog = await compile(settings.content, { cache });
    await prepare(catalog, settings, assets);
    front.update(catalog);
    io.err(`Content changed: compiled in ${Math.round(performance.now() - started)} ms.\n`);
    reportDiagnostics(
      io,
      { ...catalog, diagnostics: catalog.diagnostics.filter((d) => d.severity === 'error') },
      settings,
    );
  });
  const onComponents = settle(async () => {
    assets = await buildAssets({ reload: true });
    await prepare(catalog, settings, assets);
    front.reload();
  });
  const watchers = [
    ...settings.content.map((folder) => watch(folder, { recursive: true }, onContent)),
    ...['components', 'app'].map((folder) => watch(join(PROJECT, folder), { recursive: true }, onComponents)),
  ];

  await new Promise<void>((resolve) => front.server.listen(settings.port, '127.0.0.1', resolve));
  io.out(
    `Sightline is at http://localhost:${settings.port}${settings.basePath}/ and follows your edits (Ctrl-C stops it)\n`,
  );
  await new Promise<void>((resolve) => {
    const stop = () => {
      for (const watcher of watchers) watcher.close();
      next.child.removeAllListeners('close');
      next.child.kill();
      front.server.closeAllConnections();
      front.server.close(() => resolve());
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  return 0;
}

/** Runs `work` once things have been quiet for a moment, and never twice at a time. */
function settle(work: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(work);
    }, SETTLED_MS);
  };
}
