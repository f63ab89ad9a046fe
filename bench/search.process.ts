/** Runs one engine as a process group of its own, for so long and no longer. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Figures, Line } from './search.engine.ts';
import type { Engine } from './search.payloads.ts';

const SCRIPT = join(import.meta.dirname, 'search.engine.ts');
/** Between asking a process to end, which closes its browser, and ending it. */
const GRACE_MS = 5000;
const HEAP_MB = 8192;

/** An engine's figures, or a sentence that says why there are none. */
export async function figuresOf(
  engine: Engine,
  documents: string,
  quality: boolean,
  seconds: number,
): Promise<Figures | string> {
  const args = [`--max-old-space-size=${HEAP_MB}`, '--import', 'tsx', SCRIPT, engine, documents];
  const child = spawn(process.execPath, [...args, quality ? '1' : '0'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = (signal: 'SIGTERM' | 'SIGKILL') => {
    try {
      process.kill(-child.pid!, signal);
    } catch {
      // The group has ended by itself.
    }
  };
  let late = false;
  const timers = [
    setTimeout(() => {
      late = true;
      end('SIGTERM');
    }, seconds * 1000),
    setTimeout(() => end('SIGKILL'), seconds * 1000 + GRACE_MS),
  ];
  let step = 'starting';
  let figures: Figures | undefined;
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    if ('step' in line) step = line.step;
    else figures = line.figures;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  for (const timer of timers) clearTimeout(timer);
  if (figures) return figures;
  if (late) return `did not finish in ${seconds} s: it was still ${step}`;
  const why = complaint.split('\n').find((line) => /error/i.test(line)) ?? `it ended with ${code}`;
  return `failed while ${step}: ${why.trim()}`;
}
