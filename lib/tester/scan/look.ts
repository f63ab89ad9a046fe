import type { FieldValue } from '../../events/record.ts';
import { Pauses } from '../pauses.ts';
import type { ScanFile } from './report.ts';
import type { CompiledRules } from './rules.ts';
import { HELD_RECORDS } from './scan.ts';
import type { Kept } from './second-pass.ts';

/** Events held for one rule: what a person can look through, and an explanation can be made over. */
const MOST_HELD = 200_000;

export interface LookOptions {
  onProgress?: (progress: { bytes: number; total: number; events: number }) => void;
  signal?: AbortSignal;
}

/** The events that one rule has a use for, in the order of the files; what cannot be read is left out. */
export async function lookAt(
  { sigma, gates, gated, beginnings, ungated, layouts }: CompiledRules,
  files: readonly ScanFile[],
  { onProgress, signal }: LookOptions,
): Promise<{ kept: Kept[]; newest: number | null; cut: boolean }> {
  const whole = ungated.length > 0 || beginnings.length > 0 || gated.some((search) => search.whole);
  const values: FieldValue[] = [];
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const kept: Kept[] = [];
  const pauses = new Pauses();
  let newest: number | null = null;
  let before = 0;
  for (const [file, source] of files.entries()) {
    let bytes = 0;
    const onBytes = (done: number) => {
      bytes = done;
    };
    try {
      for await (const batch of source.read(onBytes, signal, HELD_RECORDS)) {
        for (const record of batch) {
          if (record.time !== null && (newest === null || record.time > newest)) newest = record.time;
          const wanted =
            whole ||
            sigma.positions(record).length > 0 ||
            (gated.length > 0 && gates.matching(record, layouts.read(record, values), values).length > 0);
          if (!wanted) continue;
          if (kept.length >= MOST_HELD) return { kept, newest, cut: true };
          kept.push({ file, record });
        }
        onProgress?.({ bytes: before + bytes, total, events: kept.length });
        await pauses.take();
        if (signal?.aborted === true) return { kept, newest, cut: true };
      }
    } catch {
      // What cannot be read was said by the scan.
    }
    before += source.size;
  }
  return { kept, newest, cut: false };
}
