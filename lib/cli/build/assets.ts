import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { PROJECT, WORK } from '../settings.ts';

export interface Assets {
  /** Root-relative addresses, names carrying a hash of the content. */
  stylesheet: string;
  islands: Record<string, string>;
  /** Script that runs before the first paint, inlined into every page. */
  earlyScript: string;
  contentSecurityPolicy: string;
}

/** Folder that `buildAssets` fills; its content is published as `/assets/`. */
export const ASSETS = join(WORK, 'assets');

const ISLANDS = ['site', 'detection', 'list', 'workbench', 'scan'];
/** Run beside a page; their addresses are written into it, because a name with a hash cannot be guessed. */
const WORKERS = ['tester-worker', 'scan-worker', 'search-worker'];

/**
 * What is bundled together shares chunks. A worker shares none with a page or another worker: code cut to fit all of
 * them would come in twice as many files, and pack worse.
 */
const bundles = (reload: boolean): string[][] => [
  [...ISLANDS, ...(reload ? ['reload'] : [])],
  ...WORKERS.map((worker) => [worker]),
];

/**
 * Bundles the stylesheet with its fonts, and each island with what it imports, under names that change with their
 * content, so that a host may cache them for ever. `reload` adds the development island.
 */
export async function buildAssets({ reload = false } = {}): Promise<Assets> {
  await rm(ASSETS, { recursive: true, force: true });
  await mkdir(ASSETS, { recursive: true });
  const outputs = (await bundleAssets({ reload })).flatMap(({ metafile }) =>
    Object.entries(metafile.outputs),
  );
  const early = await build({
    absWorkingDir: PROJECT,
    entryPoints: ['components/islands/theme-early.ts'],
    bundle: true,
    minify: true,
    format: 'iife',
    write: false,
    logLevel: 'silent',
  });

  const islands: Record<string, string> = {};
  let stylesheet = '';
  for (const [file, { entryPoint }] of outputs) {
    if (!entryPoint) continue;
    const address = `/assets/${basename(file)}`;
    if (entryPoint.endsWith('.css')) stylesheet = address;
    // A module that is fetched on use is an entry too, and may have an island's name.
    else if (entryPoint.startsWith('components/islands/')) islands[basename(entryPoint, '.ts')] = address;
  }
  const earlyScript = early.outputFiles[0]!.text.trim();
  return { stylesheet, islands, earlyScript, contentSecurityPolicy: policy(earlyScript) };
}

/** A bundle with the content of its files, which are written unless `write` says otherwise. */
export interface Bundle {
  metafile: Metafile;
  outputFiles?: { path: string; contents: Uint8Array }[] | undefined;
}

/** Bundles stylesheet, islands and workers, and says what is in each file. */
export async function bundleAssets({ reload = false, write = true } = {}): Promise<Bundle[]> {
  const scripts = bundles(reload).map((names) =>
    names.map((name) => ({ in: `components/islands/${name}.ts`, out: name })),
  );
  const entries = [[{ in: 'components/styles/site.css', out: 'site' }], ...scripts];
  return Promise.all(entries.map((entryPoints) => bundle(entryPoints, write)));
}

const bundle = (entryPoints: { in: string; out: string }[], write: boolean): Promise<Bundle> =>
  build({
    absWorkingDir: PROJECT,
    entryPoints,
    write,
    outdir: ASSETS,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: ['chrome120', 'firefox121', 'safari17.5'],
    // The font packages also offer woff; every browser that can run this site reads woff2.
    loader: { '.woff2': 'file', '.woff': 'empty' },
    metafile: true,
    logLevel: 'silent',
    jsx: 'automatic',
    // Components are React's everywhere. In a browser Preact draws them: a tenth of the bytes, the same interface.
    alias: {
      react: 'preact/compat',
      'react-dom': 'preact/compat',
      'react-dom/client': 'preact/compat/client',
      'react/jsx-runtime': 'preact/jsx-runtime',
    },
  });

/** Nothing runs, loads or is sent that this origin does not serve; the one inline script is named by its hash. */
function policy(earlyScript: string): string {
  const hash = createHash('sha256').update(earlyScript).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
