import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Catalog, Detection, TestEvidence } from '../../content/model.ts';
import { lookupPath, type TestTask } from './task.ts';

const FILE = z.record(z.string(), z.custom<TestEvidence>(isEvidence));

function isEvidence(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'status' in value && 'datasets' in value;
}

/** Results by what they depend on: rule, other Sigma files, macros, lookups, data models, test, events, engine. Kept in a file between builds. */
export class EvidenceCache {
  private known: Map<string, TestEvidence>;
  private readonly used = new Map<string, TestEvidence>();

  /** @param path the file; without it results are kept in memory only */
  constructor(private readonly path?: string) {
    this.known = path === undefined ? new Map() : read(path);
  }

  get(key: string): TestEvidence | undefined {
    const found = this.known.get(key);
    if (found !== undefined) this.used.set(key, found);
    return found;
  }

  set(key: string, evidence: TestEvidence): void {
    this.used.set(key, evidence);
  }

  /** Keeps what was read or set since the last time, and nothing else. */
  save(): void {
    this.known = new Map(this.used);
    this.used.clear();
    if (this.path === undefined) return;
    mkdirSync(dirname(this.path), { recursive: true });
    const draft = `${this.path}.${process.pid}.tmp`;
    writeFileSync(draft, JSON.stringify(Object.fromEntries(this.known)));
    renameSync(draft, this.path);
  }

  keyOf(
    task: TestTask,
    detection: Detection,
    catalog: Catalog,
    roots: readonly string[],
    basis: string,
  ): string {
    const macros = new Set(detection.macros.map(({ name }) => name));
    const lookups = new Set(detection.lookups.map(({ slug }) => slug));
    return createHash('sha256')
      .update(
        JSON.stringify([
          basis,
          task,
          task.samples.map((sample) => ('path' in sample ? stampOf(sample.path) : null)),
          catalog.macros
            .filter(({ name }) => macros.has(name))
            .map(({ name, arguments: args, definition }) => [name, args, definition]),
          catalog.lookups
            .filter(({ slug }) => lookups.has(slug))
            .map((lookup) => [
              { ...lookup, usedBy: [], table: undefined },
              stampOf(lookupPath(lookup, roots)),
            ]),
        ]),
      )
      .digest('hex');
  }
}

function read(path: string): Map<string, TestEvidence> {
  try {
    return new Map(Object.entries(FILE.parse(JSON.parse(readFileSync(path, 'utf8')))));
  } catch {
    // Absent or of another form: everything is measured again.
    return new Map();
  }
}

function stampOf(path: string | undefined): string | null {
  if (path === undefined) return null;
  try {
    const { size, mtimeMs } = statSync(path);
    return `${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}
