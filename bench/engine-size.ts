/**
 * What the engine weighs, minified and gzipped: `npm run bench:size`. "First" is what a browser worker loads at once
 * (preparing, running, explaining), "second" what it fetches when a search uses it, "models" the data
 * models that come along, "whole" everything that `lib/spl/index.ts` exports, printer and analysis included.
 */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

export interface Weight {
  part: 'first' | 'second' | 'models' | 'whole';
  minified: number;
  gzip: number;
  /** Minified bytes by folder, largest first. */
  rooms: [room: string, bytes: number][];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const options = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  write: false,
  metafile: true,
  outdir: 'out',
} as const;

export async function engineWeights(): Promise<Weight[]> {
  const split = await build({ ...options, entryPoints: ['lib/spl/core.ts'], splitting: true });
  const models = await build({ ...options, entryPoints: ['lib/events/cim/data-models.ts'] });
  const whole = await build({ ...options, entryPoints: ['lib/spl/index.ts'] });
  const second = lazyOutputs(split.metafile);
  const isSecond = ({ path }: { path: string }) => [...second].some((name) => path.endsWith(name));
  return [
    weigh(
      'first',
      split.outputFiles.filter((file) => !isSecond(file)),
      split.metafile,
      (name) => !second.has(name),
    ),
    weigh('second', split.outputFiles.filter(isSecond), split.metafile, (name) => second.has(name)),
    weigh('models', models.outputFiles, models.metafile),
    weigh('whole', whole.outputFiles, whole.metafile),
  ];
}

/** Files that are only reached by `import()`. */
function lazyOutputs({ outputs }: Metafile): Set<string> {
  const entry = Object.keys(outputs).find((name) => outputs[name]!.entryPoint === 'lib/spl/core.ts')!;
  const eager = new Set<string>();
  const follow = (name: string) => {
    if (eager.has(name)) return;
    eager.add(name);
    for (const { path, kind } of outputs[name]?.imports ?? []) if (kind === 'import-statement') follow(path);
  };
  follow(entry);
  return new Set(Object.keys(outputs).filter((name) => !eager.has(name)));
}

function weigh(
  part: Weight['part'],
  files: readonly { contents: Uint8Array }[],
  { outputs }: Metafile,
  counts: (output: string) => boolean = () => true,
): Weight {
  const rooms = new Map<string, number>();
  for (const [name, { inputs }] of Object.entries(outputs)) {
    if (!counts(name)) continue;
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const room = path.replace(/^lib\//, '').replace(/\/[^/]*$/, '');
      rooms.set(room, (rooms.get(room) ?? 0) + bytesInOutput);
    }
  }
  const total = (size: (contents: Uint8Array) => number) =>
    files.reduce((sum, { contents }) => sum + size(contents), 0);
  return {
    part,
    minified: total((contents) => contents.length),
    gzip: total((contents) => gzipSync(contents, { level: 9 }).length),
    rooms: [...rooms].sort((a, b) => b[1] - a[1]),
  };
}

function print(weights: readonly Weight[]): void {
  const line = (name: string, minified: number, gzip = '') =>
    `${name.padEnd(28)}${String(minified).padStart(9)}${gzip.padStart(9)}`;
  process.stdout.write(`${`${'bytes'.padEnd(28)}${'minified'.padStart(9)}${'gzip'.padStart(9)}`}\n`);
  for (const { part, minified, gzip, rooms } of weights) {
    process.stdout.write(`${line(part, minified, String(gzip))}\n`);
    for (const [room, bytes] of rooms) process.stdout.write(`${line(`  ${room}`, bytes)}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) print(await engineWeights());
