/** A pipeline as a file of a content folder: `pipelines/*.yml`. The guide “Writing a pipeline” shows its keys. */
import type { Diagnostic, Range, Severity } from '../../../text/diagnostic.ts';
import { nearestNames } from '../../../text/nearest.ts';
import { LineIndex } from '../../../text/position.ts';
import { parseYaml, type YamlCode } from '../../../text/yaml.ts';
import { type Mapping, scalarValue, type YamlNode } from '../../../text/yaml-node.ts';
import { BACKENDS } from '../backends.ts';
import { PIPELINES } from './index.ts';
import type { Pipeline, PipelinePart } from './pipeline.ts';

/** Every code that reading a pipeline can give beside those of YAML. */
export const pipelineCodes = {
  'pipeline-empty': 'The file is no mapping with `name` and `parts`.',
  'pipeline-key-missing': 'A key without which the pipeline has no meaning is absent.',
  'pipeline-key-unknown': 'A key that pipelines do not have.',
  'pipeline-value-type': 'A value is of a type that its key cannot have.',
  'pipeline-backend-unknown': 'A backend that does not exist.',
  'pipeline-extends-unknown': '`extends` names no pipeline that comes along.',
  'pipeline-name-taken': 'Another file, or a pipeline that comes along, has the name.',
} as const;

type Code = keyof typeof pipelineCodes;

export interface ReadPipeline {
  /** Absent where a diagnostic is an error. */
  pipeline?: Pipeline;
  diagnostics: Diagnostic[];
}

const KEYS = ['name', 'title', 'extends', 'backends', 'unmapped', 'needs_table', 'numbers', 'parts'];
const PART_KEYS = [
  'when',
  'fields',
  'prefix',
  'demands',
  'table',
  'beginnings',
  'values',
  'last_parts',
  'hashes',
];
const WHEN_KEYS = ['product', 'category', 'service'];
const DEMAND_KEYS = ['field', 'values'];

export function readPipeline(text: string, path: string): ReadPipeline {
  return new Reader(text, path).read();
}

class Reader {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly lines: LineIndex;

  constructor(
    private readonly text: string,
    private readonly path: string,
  ) {
    this.lines = new LineIndex(text);
  }

  read(): ReadPipeline {
    const problem = (code: YamlCode, message: string, range?: Range) =>
      this.problem(code, message, range, code === 'yaml-duplicate-key' ? 'warning' : 'error');
    const { documents, diagnostics } = parseYaml({ text: this.text, problem });
    this.diagnostics.push(...diagnostics);
    const [root] = documents;
    const failed = diagnostics.some(({ severity }) => severity === 'error');
    if (!failed && root?.kind !== 'mapping') {
      this.report('pipeline-empty', 'The file has to be a mapping with `name` and `parts`.', root);
    }
    if (failed || root?.kind !== 'mapping') return { diagnostics: this.diagnostics };
    const pipeline = this.pipeline(root);
    const broken = this.diagnostics.some(({ severity }) => severity === 'error');
    return { ...(broken ? {} : { pipeline }), diagnostics: this.diagnostics };
  }

  private pipeline(root: Mapping): Pipeline {
    this.known(root, KEYS);
    const name = this.textAt(root, 'name');
    if (name === undefined) this.report('pipeline-key-missing', 'The pipeline needs a `name`.', root);
    else if (PIPELINES.some((one) => one.name === name)) {
      this.report(
        'pipeline-name-taken',
        `A pipeline \`${name}\` comes along; choose another name.`,
        at(root, 'name'),
      );
    }
    const partsNode = at(root, 'parts');
    if (partsNode === undefined) this.report('pipeline-key-missing', 'The pipeline needs `parts`.', root);
    const base = this.base(root);
    const unmapped = this.textAt(root, 'unmapped') ?? base?.unmapped ?? 'keep';
    if (unmapped !== 'keep' && unmapped !== 'refuse') {
      this.report('pipeline-value-type', '`unmapped` is `keep` or `refuse`.', at(root, 'unmapped'));
    }
    const backends = this.backends(root) ?? base?.backends;
    const numbers = this.textsAt(root, 'numbers') ?? base?.numbers;
    const needsTable = this.flagAt(root, 'needs_table') ?? base?.needsTable;
    return {
      name: name ?? '',
      title: this.textAt(root, 'title') ?? name ?? '',
      unmapped: unmapped === 'refuse' ? 'refuse' : 'keep',
      parts: [...(base?.parts ?? []), ...this.mappings(partsNode, 'parts').map((part) => this.part(part))],
      ...(backends === undefined ? {} : { backends }),
      ...(numbers === undefined ? {} : { numbers }),
      ...(needsTable === undefined ? {} : { needsTable }),
    };
  }

  private base(root: Mapping): Pipeline | undefined {
    const name = this.textAt(root, 'extends');
    if (name === undefined) return undefined;
    const found = PIPELINES.find((one) => one.name === name);
    if (found === undefined) {
      const names = PIPELINES.map((one) => one.name);
      this.report(
        'pipeline-extends-unknown',
        `\`extends\` is one of ${names.join(', ')}.`,
        at(root, 'extends'),
      );
    }
    return found;
  }

  private backends(root: Mapping): string[] | undefined {
    const names = this.textsAt(root, 'backends');
    for (const name of names ?? []) {
      if (Object.hasOwn(BACKENDS, name)) continue;
      const message = `There is no backend \`${name}\`; there are ${Object.keys(BACKENDS).join(', ')}.`;
      this.report('pipeline-backend-unknown', message, at(root, 'backends'));
    }
    return names;
  }

  private part(node: Mapping): PipelinePart {
    this.known(node, PART_KEYS);
    const whenNode = at(node, 'when');
    const [when] = this.mappings(whenNode, 'when', true);
    if (when !== undefined) this.known(when, WHEN_KEYS);
    const product = when && this.textAt(when, 'product');
    const service = when && this.textAt(when, 'service');
    const category = when && this.textsAt(when, 'category');
    const prefix = this.textAt(node, 'prefix');
    const table = this.textAt(node, 'table');
    const fields = this.alternativesAt(node, 'fields');
    const hashes = this.namesAt(node, 'hashes');
    const beginnings = this.tablesAt(node, 'beginnings', (table, field) => this.namesAt(table, field));
    const lastParts = this.textsAt(node, 'last_parts');
    const values = this.tablesAt(node, 'values', (table, field) => this.alternativesAt(table, field));
    const demands = this.mappings(at(node, 'demands'), 'demands').map((demand) => this.demand(demand));
    return {
      ...(when === undefined
        ? {}
        : {
            when: {
              ...(product === undefined ? {} : { product }),
              ...(service === undefined ? {} : { service }),
              ...(category === undefined ? {} : { category }),
            },
          }),
      ...(fields === undefined ? {} : { fields }),
      ...(prefix === undefined ? {} : { prefix }),
      ...(demands.length === 0 ? {} : { demands }),
      ...(table === undefined ? {} : { table }),
      ...(beginnings === undefined ? {} : { beginnings }),
      ...(values === undefined ? {} : { values }),
      ...(lastParts === undefined ? {} : { lastParts }),
      // Algorithms are looked up in capitals.
      ...(hashes === undefined
        ? {}
        : {
            hashes: Object.fromEntries(
              Object.entries(hashes).map(([key, field]) => [key.toUpperCase(), field]),
            ),
          }),
    };
  }

  private demand(node: Mapping): NonNullable<PipelinePart['demands']>[number] {
    this.known(node, DEMAND_KEYS);
    const field = this.textAt(node, 'field');
    const values = at(node, 'values');
    const items = values?.kind === 'sequence' ? values.items : values === undefined ? [] : [values];
    if (field === undefined || items.length === 0) {
      this.report('pipeline-key-missing', 'A demand needs a `field` and its `values`.', node);
    }
    return {
      field: field ?? '',
      values: items.map((item) => {
        const value = item.kind === 'scalar' ? scalarValue(item) : undefined;
        if (typeof value === 'number') return value;
        if (item.kind === 'scalar') return item.text;
        this.report('pipeline-value-type', '`values` are texts or numbers.', item);
        return '';
      }),
    };
  }

  /** A list of mappings; `one`: a mapping by itself. */
  private mappings(node: YamlNode | undefined, key: string, one = false): Mapping[] {
    if (node === undefined) return [];
    const items = !one && node.kind === 'sequence' ? node.items : [node];
    return items.flatMap((item) => {
      if (item.kind === 'mapping' && (one || node.kind === 'sequence')) return [item];
      const what = one ? 'a mapping' : 'a list of mappings';
      this.report('pipeline-value-type', `\`${key}\` is ${what}.`, item);
      return [];
    });
  }

  private namesAt(node: Mapping, key: string): Record<string, string> | undefined {
    return this.tablesAt(node, key, (table, name) => this.textAt(table, name));
  }

  /** Names with a text, or with a list of texts that are alternatives. */
  private alternativesAt(node: Mapping, key: string): Record<string, string | string[]> | undefined {
    return this.tablesAt(node, key, (table, name) => {
      const texts = this.textsAt(table, name);
      if (texts?.length === 0)
        this.report('pipeline-value-type', `\`${name}\` is a list of nothing.`, at(table, name));
      return texts?.length === 1 ? texts[0] : texts;
    });
  }

  /** A mapping whose values `read` reads. */
  private tablesAt<T>(
    node: Mapping,
    key: string,
    read: (table: Mapping, name: string) => T | undefined,
  ): Record<string, T> | undefined {
    const value = at(node, key);
    if (value === undefined) return undefined;
    const [table] = this.mappings(value, key, true);
    const found: [string, T][] = [];
    for (const name of table?.entries.keys() ?? []) {
      const one = read(table!, name);
      if (one !== undefined) found.push([name, one]);
    }
    return Object.fromEntries(found);
  }

  private textAt(node: Mapping, key: string): string | undefined {
    const value = at(node, key);
    if (value === undefined) return undefined;
    if (value.kind === 'scalar' && value.text !== '') return value.text;
    this.report('pipeline-value-type', `\`${key}\` is a text.`, value);
    return undefined;
  }

  /** A text, or a list of texts. */
  private textsAt(node: Mapping, key: string): string[] | undefined {
    const value = at(node, key);
    if (value === undefined) return undefined;
    const items = value.kind === 'sequence' ? value.items : [value];
    return items.flatMap((item) => {
      if (item.kind === 'scalar' && item.text !== '') return [item.text];
      this.report('pipeline-value-type', `\`${key}\` is a text, or a list of texts.`, item);
      return [];
    });
  }

  private flagAt(node: Mapping, key: string): boolean | undefined {
    const value = at(node, key);
    if (value === undefined) return undefined;
    const flag = value.kind === 'scalar' ? scalarValue(value) : undefined;
    if (typeof flag === 'boolean') return flag;
    this.report('pipeline-value-type', `\`${key}\` is true or false.`, value);
    return undefined;
  }

  private known(node: Mapping, keys: readonly string[]): void {
    for (const [key, entry] of node.entries) {
      if (keys.includes(key)) continue;
      const [near] = nearestNames(key, keys, 1);
      const hint = near === undefined ? `there are ${keys.join(', ')}` : `did you mean \`${near}\``;
      this.report('pipeline-key-unknown', `There is no key \`${key}\` here; ${hint}.`, entry.key);
    }
  }

  private report(code: Code, message: string, range?: Range): void {
    this.diagnostics.push(this.problem(code, message, range));
  }

  private problem(
    code: Code | YamlCode,
    message: string,
    range?: Range,
    severity: Severity = 'error',
  ): Diagnostic {
    const found: Diagnostic = { code, severity, message, path: this.path };
    if (range !== undefined) {
      found.range = { start: range.start, end: Math.max(range.start, range.end) };
      found.position = this.lines.positionAt(range.start);
    }
    return found;
  }
}

const at = (node: Mapping, key: string): YamlNode | undefined => node.entries.get(key)?.value;
