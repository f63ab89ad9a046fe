import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeArtifact } from '../../content/artifact.ts';
import { compile } from '../../content/compile.ts';
import type { Catalog } from '../../content/model.ts';
import { type Io, Progress, seconds } from '../io.ts';
import { type Settings, shown, WORK } from '../settings.ts';
import { type Assets, buildAssets } from './assets.ts';
import { contentPaths } from './content-paths.ts';
import { measure } from './evidence.ts';
import { fingerprint, isCurrent } from './fingerprint.ts';
import { finish } from './finish.ts';
import { lockBuild } from './lock.ts';
import { NextBuildError, nextBuild } from './next-build.ts';
import { BUILD_MARKER, refusesToReplace } from './out-folder.ts';
import { counts, reportDiagnostics } from './report.ts';

/** Content in, finished site out. The answer is the exit code. */
export async function buildSite(settings: Settings, io: Io): Promise<number> {
  const started = performance.now();
  const print = fingerprint(settings);
  if (isCurrent(settings.out, print)) {
    io.err(`Nothing changed since the last build; ${shown(settings.out)} is current.\n`);
    return 0;
  }
  const refusal = refusesToReplace(settings);
  if (refusal) {
    io.err(`${refusal}\n`);
    return 2;
  }
  const progress = new Progress(io);

  progress.begin('Compile content');
  const catalog = await compile(settings.content, {
    onProgress: ({ done, total }) => progress.at(done, total),
  });
  progress.end(counts(catalog) || 'nothing found');
  const { errors } = reportDiagnostics(io, catalog, settings);
  if (errors > 0 && !settings.keepGoing) {
    io.err(
      `${errors} ${errors === 1 ? 'file cannot become a page' : 'files cannot become pages'}. Mend them, or build the rest with --keep-going.\n`,
    );
    return 1;
  }

  await measure(catalog, settings, progress);

  const release = await lockBuild((pid) =>
    io.err(`Another build (process ${pid}) is running; waiting for it.\n`),
  );
  try {
    await publish(catalog, settings, progress, io);
    await writeFile(join(settings.out, BUILD_MARKER), errors > 0 ? 'incomplete' : print);
  } catch (error) {
    if (!(error instanceof NextBuildError)) throw error;
    progress.clear();
    io.err(`The pages could not be built. Next said:\n${error.message}\n`);
    return 1;
  } finally {
    release();
  }
  io.err(
    `\nDone in ${seconds(performance.now() - started)}. The site is in ${shown(settings.out)}; any static host can serve it.\n`,
  );
  return errors > 0 ? 1 : 0;
}

/** From a compiled catalog to the published folder. Uses the scratch folder, so it runs under the build's lock. */
async function publish(catalog: Catalog, settings: Settings, progress: Progress, io: Io): Promise<void> {
  progress.begin('Bundle assets');
  const assets = await buildAssets();
  await prepare(catalog, settings, assets);
  progress.end(`${Object.keys(assets.islands).length} islands`);

  progress.begin('Draw pages');
  const drawn = await nextBuild((done, total) => progress.at(done, total));
  progress.end('done');

  progress.begin('Write site');
  const { pages, redirects, downloads } = await finish(drawn, catalog, settings);
  progress.end(`${redirects.toLocaleString('en')} redirects, ${downloads} downloads`);
  const folders = settings.content.map(shown).join(', ');
  const of =
    counts(catalog) ||
    `no content: ${folders} holds no YAML of a kind that Sightline knows. content/guides/writing-a-detection.mdx shows the shape of a detection`;
  io.err(`\nBuilt ${pages.toLocaleString('en')} pages of ${of}.`);
}

/** Writes what the page renderer reads: the catalog and the site's settings. */
export async function prepare(catalog: Catalog, settings: Settings, assets: Assets): Promise<void> {
  await mkdir(WORK, { recursive: true });
  await rm(join(WORK, 'site.json'), { force: true });
  await writeArtifact(WORK, catalog);
  await writeFile(join(WORK, 'site.json'), JSON.stringify(siteSettings(settings, assets)));
}

/** The part of the settings that pages show. */
export function siteSettings(settings: Settings, assets: Assets) {
  const { title, repository, branch, splunkBaseUrl, basePath, siteUrl } = settings;
  const { stylesheet, islands, earlyScript, contentSecurityPolicy } = assets;
  return {
    title,
    repository,
    contentPaths: contentPaths(settings.content),
    branch,
    splunkBaseUrl,
    basePath,
    siteUrl,
    assets: { stylesheet, islands },
    earlyScript,
    contentSecurityPolicy,
  };
}
