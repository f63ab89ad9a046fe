/** For tests: content folders that live as long as the test process. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const made: string[] = [];
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files, by path inside it. It is removed when the process ends. */
export function contentFolder(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-content-'));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) writeContent(folder, path, text);
  return folder;
}

export function writeContent(folder: string, path: string, text: string | Uint8Array): void {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** A small detection of generation 2 without complaints of its own; `extra` is put at its end. */
export function detectionText(name: string, id: string, search = 'index=main', extra = ''): string {
  return `name: ${name}
id: ${id}
version: 1
date: '2026-05-13'
author: Example Author
status: production
type: Hunting
description: Looks for an example.
search: '${search}'
how_to_implement: Send the logs.
known_false_positives: Unknown
tags:
  analytic_story: []
  asset_type: Endpoint
  mitre_attack_id: [T1059]
  product: [Splunk Enterprise]
  security_domain: endpoint
${extra}`;
}

export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
