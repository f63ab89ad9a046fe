import type { Diagnostic } from '../../text/diagnostic.ts';
import { CimDataset, FIELD_CHANGES } from './dataset.ts';
import { type DataModels, datasetsOf } from './datasets-of.ts';
import type { DataModelDefinition, DatasetDefinition } from './model.ts';
import { endpoint } from './models/endpoint.ts';
import { alerts, authentication, change, risk, updates, vulnerabilities } from './models/identity.ts';
import {
  certificates,
  email,
  intrusionDetection,
  networkResolution,
  networkSessions,
  networkTraffic,
  web,
} from './models/network.ts';

/** The models of the Common Information Model that come along. */
export const DATA_MODELS: readonly DataModelDefinition[] = [
  endpoint,
  web,
  change,
  networkTraffic,
  networkResolution,
  networkSessions,
  authentication,
  risk,
  email,
  alerts,
  certificates,
  intrusionDetection,
  updates,
  vulnerabilities,
];

/** Finds datasets among the models that come along and `own`; an own model replaces one of the same name. */
export const dataModels = (own: readonly DataModelDefinition[] = []): DataModels =>
  datasetsOf([...DATA_MODELS, ...own]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isChange = (value: unknown): boolean => typeof value === 'string' && FIELD_CHANGES.includes(value);
const areTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((member) => typeof member === 'string');

/** A data model from JSON (of the content folder). Says what is wrong instead of taking half a model. */
export function readDataModel(
  json: unknown,
  path?: string,
): { model?: DataModelDefinition; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const say = (message: string) =>
    diagnostics.push({
      code: 'data-model-invalid',
      severity: 'error',
      message,
      ...(path === undefined ? {} : { path }),
    });
  if (!isObject(json) || typeof json.name !== 'string' || !Array.isArray(json.datasets)) {
    say('A data model is an object with `name` and `datasets`, a list.');
    return { diagnostics };
  }
  const datasets: DatasetDefinition[] = [];
  for (const [at, entry] of json.datasets.entries()) {
    const where = `datasets[${at}]`;
    if (!isObject(entry) || typeof entry.name !== 'string') {
      say(`${where} has no \`name\`.`);
      continue;
    }
    for (const key of ['tags', 'withoutTags', 'marks']) {
      if (entry[key] !== undefined && !areTexts(entry[key])) say(`${where}.${key} is not a list of texts.`);
    }
    if (entry.where !== undefined && !(isObject(entry.where) && Object.values(entry.where).every(areTexts))) {
      say(`${where}.where gives for each field a list of values.`);
    }
    if (entry.parent !== undefined && typeof entry.parent !== 'string') {
      say(`${where}.parent is not the name of a dataset.`);
    }
    const fields = entry.fields ?? [];
    if (!Array.isArray(fields)) say(`${where}.fields is not a list.`);
    else
      for (const [n, field] of fields.entries()) fieldProblems(field, `${where}.fields[${n}]`).forEach(say);
    datasets.push(entry as unknown as DatasetDefinition);
  }
  const parents = new Map(datasets.map(({ name, parent }) => [name, parent]));
  if (datasets.length === 0) say('`datasets` is empty.');
  else if (parents.size < datasets.length && diagnostics.length === 0) say('Two datasets have one name.');
  for (const { name, parent } of datasets) {
    if (parent !== undefined && !parents.has(parent))
      say(`${name} narrows down ${parent}, which the model does not have.`);
    let above = parent;
    for (let steps = 0; above !== undefined && above !== name && steps < datasets.length; steps++)
      above = parents.get(above);
    if (above === name) say(`${name} narrows down itself.`);
  }
  if (diagnostics.length > 0) return { diagnostics };
  const model: DataModelDefinition = { name: json.name, datasets };
  for (const dataset of datasets) {
    const made = new CimDataset(model, dataset);
    for (const field of Object.keys(dataset.where ?? {}).filter((name) => !made.has(name)))
      say(`${dataset.name} asks for ${field}, which is none of its fields; add it to \`fields\`.`);
  }
  return diagnostics.length > 0 ? { diagnostics } : { model, diagnostics };
}

/** What is wrong with one entry of `fields`. */
function fieldProblems(field: unknown, where: string): string[] {
  if (typeof field === 'string') return [];
  if (!isObject(field) || typeof field.name !== 'string')
    return [`${where} is neither a name nor an object with a \`name\`.`];
  const { from, by, otherwise, default: text } = field;
  const changes = `one of ${FIELD_CHANGES.join(', ')}`;
  const found: string[] = [];
  if (from !== undefined && !areTexts(from)) found.push(`${where}.from is not a list of field names.`);
  if (by !== undefined && !isChange(by)) found.push(`${where}.by is ${changes}.`);
  if (text !== undefined && typeof text !== 'string') found.push(`${where}.default is not a text.`);
  if (otherwise !== undefined && !(isObject(otherwise) && areTexts(otherwise.from) && isChange(otherwise.by)))
    found.push(`${where}.otherwise needs \`from\`, a list of field names, and \`by\`, ${changes}.`);
  return found;
}
