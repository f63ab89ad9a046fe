import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
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
 * Bundles the stylesheet with its fonts, and each island with what it imports, under names that change with their
 * content, so that a host may cache them for ever. `reload` adds the development island.
 */
export async function buildAssets({ reload = false } = {}): Promise<Assets> {
  const names = [...ISLANDS, ...WORKERS, ...(reload ? ['reload'] : [])];
  await rm(ASSETS, { recursive: true, force: true });
  await mkdir(ASSETS, { recursive: true });
  const result = await build({
    absWorkingDir: PROJECT,
    entryPoints: [
      { in: 'components/styles/site.css', out: 'site' },
      ...names.map((name) => ({ in: `components/islands/${name}.ts`, out: name })),
    ],
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
  for (const [file, { entryPoint }] of Object.entries(result.metafile.outputs)) {
    if (!entryPoint) continue;
    const address = `/assets/${basename(file)}`;
    if (entryPoint.endsWith('.css')) stylesheet = address;
    else islands[basename(entryPoint, '.ts')] = address;
  }
  const earlyScript = early.outputFiles[0]!.text.trim();
  return { stylesheet, islands, earlyScript, contentSecurityPolicy: policy(earlyScript) };
}

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
