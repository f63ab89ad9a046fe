/**
 * What a page fetches for its tester, minified and gzipped, by what the reader does: read off the bundles, so that it can
 * be said which source files are among it.
 */
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Bundle, bundleAssets } from '../lib/cli/build/assets.ts';

/** Modules that a step begins with; the files of all that they import come along. */
const STEPS = {
  /** "Try it" under a search that reads a data model. */
  tried: {
    page: ['components/islands/site.ts', 'components/islands/detection.ts', 'components/tester/mount.tsx'],
    worker: [
      'components/islands/tester-worker.ts',
      'lib/tester/session/inspect-spl.ts',
      'lib/tester/session/models.ts',
      'lib/events/cim/models/endpoint.ts',
    ],
  },
  /** "Edit the search", after that. */
  edited: {
    page: ['components/tester/code-editor.ts'],
    worker: ['lib/tester/session/assist-spl.ts'],
  },
  /** Windows events of the reader's own, after that. */
  own: {
    page: [],
    worker: ['lib/tester/session/read-source.ts', 'lib/events/extract/families/windows.ts'],
  },
} as const;

export interface StepWeight {
  gzip: number;
  files: number;
  /** Source files, with their minified bytes, largest first. */
  sources: [path: string, bytes: number][];
}

/** Each step with everything before it. */
export async function testerWeights(): Promise<Record<keyof typeof STEPS, StepWeight>> {
  const bundles = await bundleAssets({ write: false });
  const page = loader(bundles, 'components/islands/detection.ts');
  const worker = loader(bundles, 'components/islands/tester-worker.ts');
  const weights = {} as Record<keyof typeof STEPS, StepWeight>;
  for (const [step, modules] of Object.entries(STEPS)) {
    for (const module of modules.page) page.load(module);
    for (const module of modules.worker) worker.load(module);
    const sources = new Map<string, number>();
    for (const [path, bytes] of [...page.sources(), ...worker.sources()])
      sources.set(path, (sources.get(path) ?? 0) + bytes);
    weights[step as keyof typeof STEPS] = {
      gzip: page.gzip() + worker.gzip(),
      files: page.loaded.size + worker.loaded.size,
      sources: [...sources].sort((a, b) => b[1] - a[1]),
    };
  }
  return weights;
}

/** Fetches files of the bundle that has an entry, as a browser would. */
function loader(bundles: readonly Bundle[], entry: string) {
  const { metafile, outputFiles = [] } = bundles.find(({ metafile: { outputs } }) =>
    Object.values(outputs).some(({ entryPoint }) => entryPoint === entry),
  )!;
  const { outputs } = metafile;
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents, { level: 9 }).length]),
  );
  const loaded = new Set<string>();
  const follow = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { path, kind } of outputs[file]!.imports) if (kind === 'import-statement') follow(path);
  };
  return {
    loaded,
    load(module: string) {
      const file = Object.keys(outputs).find((name) => outputs[name]!.entryPoint === module);
      if (file === undefined) throw new Error(`${module} is fetched with something else, not by itself`);
      follow(file);
    },
    gzip: () => [...loaded].reduce((sum, file) => sum + sizes.get(basename(file))!, 0),
    sources: () =>
      [...loaded].flatMap((file) =>
        Object.entries(outputs[file]!.inputs).map(([path, { bytesInOutput }]): [string, number] => [
          path,
          bytesInOutput,
        ]),
      ),
  };
}
