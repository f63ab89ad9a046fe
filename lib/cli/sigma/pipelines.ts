import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Pipeline, readPipeline } from '../../sigma/index.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

export interface FoundPipelines {
  pipelines: Pipeline[];
  /** With the path from here; errors and warnings. */
  diagnostics: Diagnostic[];
}

/** Every pipeline of `pipelines/*.yml` in content folders; of two of one name the first counts, and the other is told of. */
export function findPipelines(roots: readonly string[]): FoundPipelines {
  const found: FoundPipelines = { pipelines: [], diagnostics: [] };
  for (const path of roots.flatMap(filesOf)) {
    const { pipeline, diagnostics } = readPipeline(readFileSync(path, 'utf8'), path);
    found.diagnostics.push(...diagnostics);
    if (pipeline === undefined) continue;
    if (found.pipelines.some(({ name }) => name === pipeline.name)) {
      const message = `Another file has a pipeline \`${pipeline.name}\` already; choose another name.`;
      found.diagnostics.push({ code: 'pipeline-name-taken', severity: 'error', message, path });
    } else found.pipelines.push(pipeline);
  }
  return found;
}

function filesOf(root: string): string[] {
  const folder = join(root, 'pipelines');
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** `path:line:column: code: message`. */
export function diagnosticLine({ path, position, code, message }: Diagnostic): string {
  const place = position === undefined ? '' : `:${position.line}:${position.column}`;
  return `${path ?? ''}${place}: ${code}: ${message}\n`;
}
