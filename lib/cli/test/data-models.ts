import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { readDataModel } from '../../events/cim/data-models.ts';
import type { DataModelDefinition } from '../../events/cim/model.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Io } from '../io.ts';

const FOLDER = 'data_models';

export interface OwnDataModels {
  models: DataModelDefinition[];
  diagnostics: Diagnostic[];
}

/**
 * The data models that content folders bring along: every `data_models/*.json`, `.yml` and `.yaml`, one model a file.
 * Of two with one name the later folder's holds. A file that is wrong gives no model and says why.
 */
export function readDataModels(roots: readonly string[]): OwnDataModels {
  const models: DataModelDefinition[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const root of roots) {
    const folder = join(root, FOLDER);
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).sort()) {
      if (!/\.(?:json|ya?ml)$/i.test(name)) continue;
      const path = `${FOLDER}/${name}`;
      try {
        // JSON is YAML too. Every scalar stays text, so that `4688` in a list of values is one.
        const parsed: unknown = parseYaml(readFileSync(join(folder, name), 'utf8'), { schema: 'failsafe' });
        const read = readDataModel(parsed, path);
        if (read.model !== undefined) models.push(read.model);
        diagnostics.push(...read.diagnostics);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const message = `The file cannot be read: ${reason.trim()}`;
        diagnostics.push({ code: 'data-model-invalid', severity: 'error', message, path });
      }
    }
  }
  return { models, diagnostics };
}

/** One line for each thing that is wrong. */
export function sayDataModelProblems(roots: readonly string[], io: Pick<Io, 'err'>): void {
  for (const { severity, code, path, message } of readDataModels(roots).diagnostics)
    io.err(`${severity} ${code} ${path}: ${message}\n`);
}
