import { type EventRecord, type FieldValue, fieldOf } from '../record.ts';
import { basename, commandProcess, length, lower, urlHost, urlPath } from '../value-changes.ts';
import {
  type Constraint,
  type DataModelDefinition,
  type DatasetDefinition,
  type FieldChange,
  type FieldDefinition,
  INHERITED_FIELDS,
} from './model.ts';

/** Where a dataset reads an event's fields from: an `EventRecord` through `readerOf`, a row of a table, anything. */
export type FieldReader = (name: string) => FieldValue | undefined;

export const readerOf =
  (record: EventRecord): FieldReader =>
  (name) =>
    fieldOf(record, name);

/** File name of the program that a command line starts: `"C:\x\a.exe" -v` → `a.exe`. */
function commandFile(value: FieldValue): FieldValue | undefined {
  const program = commandProcess(value);
  return program === undefined ? undefined : basename(program);
}

const CHANGES: Readonly<Record<FieldChange, (value: FieldValue) => FieldValue | undefined>> = {
  lower,
  basename,
  length,
  urlHost,
  urlPath,
  commandFile,
};

/** Names that `by` may have. */
export const FIELD_CHANGES: readonly string[] = Object.keys(CHANGES);

const members = (value: FieldValue | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const filled = (value: FieldValue | undefined): value is FieldValue =>
  value !== undefined && value.length > 0;

function matches(pattern: string, value: string): boolean {
  const wanted = pattern.toLowerCase();
  const actual = value.toLowerCase();
  if (!wanted.includes('*')) return wanted === actual;
  const parts = wanted.split('*');
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (!actual.startsWith(first) || !actual.endsWith(last) || actual.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of rest) {
    const found = actual.indexOf(part, at);
    if (found < 0 || found + part.length > actual.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

/** The first condition that does not hold, in words; undefined when all hold. */
function unmet(where: Constraint, read: FieldReader): string | undefined {
  for (const field in where) {
    const wanted = where[field] ?? [];
    const actual = members(read(field));
    if (actual.some((value) => wanted.some((pattern) => matches(pattern, value)))) continue;
    return actual.length === 0
      ? `${field} is absent`
      : `${field} is ${actual.join(', ')}, not ${wanted.join(' or ')}`;
  }
  return undefined;
}

const nameOf = (field: FieldDefinition): string => (typeof field === 'string' ? field : field.name);

/** See `CimDataset.originOf`. */
export interface FieldOrigin {
  from: readonly string[];
  within: readonly string[];
  otherwise?: string;
}

/** One dataset of one model, with what it inherits worked out. */
export class CimDataset {
  /** `Endpoint.Processes`. */
  readonly path: string;
  /** Prefix of its fields in `tstats`: the name of the root dataset. */
  readonly prefix: string;
  /** Field names without prefix. A name that ends in `*` stands for any with that beginning. */
  readonly fields: readonly string[];
  /** Names of the datasets under it, at any depth. */
  readonly children: readonly string[];
  private readonly chain: readonly DatasetDefinition[];
  private readonly within = new Map<string, CimDataset>();
  private readonly definitions: ReadonlyMap<string, FieldDefinition>;
  private readonly patterns: readonly string[];

  constructor(
    private readonly model: DataModelDefinition,
    definition: DatasetDefinition,
  ) {
    const chain: DatasetDefinition[] = [];
    let next: DatasetDefinition | undefined = definition;
    while (next !== undefined && !chain.includes(next)) {
      chain.unshift(next);
      const parent: string | undefined = next.parent;
      next = parent === undefined ? undefined : model.datasets.find(({ name }) => name === parent);
    }
    this.chain = chain;
    this.path = `${model.name}.${definition.name}`;
    this.prefix = chain[0]?.name ?? definition.name;
    const definitions = new Map<string, FieldDefinition>(INHERITED_FIELDS.map((name) => [name, name]));
    for (const { fields } of chain) for (const field of fields ?? []) definitions.set(nameOf(field), field);
    this.definitions = definitions;
    this.fields = [...definitions.keys()];
    this.patterns = this.fields.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
    const under = (name: string): string[] =>
      model.datasets
        .filter(({ parent }) => parent === name)
        .flatMap((child) => [child.name, ...under(child.name)]);
    this.children = under(definition.name);
  }

  /** Whether the model has the field. */
  has(name: string): boolean {
    return (
      this.definitions.has(name) ||
      this.patterns.some((start) => name.startsWith(start)) ||
      this.inChild(name) !== undefined
    );
  }

  /**
   * A field of a dataset below, by its path: `Account_Management.src_user` of `All_Changes`. Only events of that dataset
   * have it.
   */
  private inChild(name: string): [child: CimDataset, field: string] | undefined {
    const [path = '', ...rest] = name.split('.');
    let child = this.within.get(path);
    if (child === undefined && this.children.includes(path)) {
      child = new CimDataset(this.model, this.model.datasets.find((each) => each.name === path)!);
      this.within.set(path, child);
    }
    const field = rest.join('.');
    return child?.has(field) ? [child, field] : undefined;
  }

  /** Event fields that a field of the dataset is made of; empty when the model does not have it. */
  sourcesOf(name: string): readonly string[] {
    const field = this.definitions.get(name);
    if (field === undefined) return this.has(name) ? [name] : [];
    if (typeof field === 'string') return [field];
    return [...(field.from ?? [field.name]), ...(field.otherwise?.from ?? [])];
  }

  /**
   * Where a field's value comes from: whole from one of `from`, or as a part of the text of one of `within` (letter case
   * aside); `otherwise` where neither is filled. Undefined for a field that is worked out in another way, or that the
   * model does not have.
   */
  originOf(name: string): FieldOrigin | undefined {
    const field = this.definitions.get(name);
    if (field === undefined)
      return this.has(name) && this.inChild(name) === undefined ? { from: [name], within: [] } : undefined;
    if (typeof field === 'string') return { from: [field], within: [] };
    const { by, otherwise, from = [field.name] } = field;
    if (by === 'length' || otherwise?.by === 'length') return undefined;
    const whole = by === undefined || by === 'lower';
    return {
      from: whole ? from : [],
      within: [...(whole ? [] : from), ...(otherwise?.from ?? [])],
      ...(field.default === undefined ? {} : { otherwise: field.default }),
    };
  }

  /** What an event is taken by: all tags of each entry, or (where it has no tags) all of its marks. */
  get admission(): readonly { tags: readonly string[]; marks?: readonly string[] }[] {
    return this.chain.map(({ tags = [], marks }) => (marks === undefined ? { tags } : { tags, marks }));
  }

  accepts(read: FieldReader): boolean {
    return this.whyNot(read) === undefined;
  }

  /** Why an event is not a member, in words; undefined when it is one. */
  whyNot(read: FieldReader): string | undefined {
    const tags = members(read('tag')).map((tag) => tag.toLowerCase());
    const bare = tags.length === 0 && members(read('eventtype')).length === 0;
    for (const { tags: wanted = [], withoutTags = [], where, marks, name } of this.chain) {
      const byMarks = bare && marks?.every((field) => filled(read(field)));
      if (!byMarks) {
        const missing = wanted.filter((tag) => !tags.includes(tag));
        if (missing.length > 0) {
          return `${name} takes events tagged ${wanted.join(' and ')}; the event ${tags.length === 0 ? 'has no tags' : `is tagged ${tags.join(', ')}`}`;
        }
        const unwanted = withoutTags.find((tag) => tags.includes(tag));
        if (unwanted !== undefined) return `${name} takes no event tagged ${unwanted}`;
      }
      const why = where === undefined ? undefined : unmet(where, (field) => this.value(read, field));
      if (why !== undefined) return `${name}: ${why}`;
    }
    return undefined;
  }

  /** A field with its calculation and default; undefined when absent, or not in the model. */
  value(read: FieldReader, name: string): FieldValue | undefined {
    const field = this.definitions.get(name);
    if (field === undefined) {
      const below = this.inChild(name);
      if (below !== undefined) return below[0].accepts(read) ? below[0].value(read, below[1]) : undefined;
      return this.has(name) ? read(name) : undefined;
    }
    if (typeof field === 'string') return read(field);
    for (const source of field.from ?? [field.name]) {
      const value = read(source);
      if (!filled(value)) continue;
      const changed = field.by === undefined ? value : CHANGES[field.by](value);
      if (filled(changed)) return changed;
    }
    for (const source of field.otherwise?.from ?? []) {
      const value = read(source);
      const changed =
        filled(value) && field.otherwise !== undefined ? CHANGES[field.otherwise.by](value) : undefined;
      if (filled(changed)) return changed;
    }
    return field.default;
  }

  /** All fields of an event that have a value, without prefix, in the model's order. */
  row(read: FieldReader): Map<string, FieldValue> {
    const row = new Map<string, FieldValue>();
    for (const name of this.definitions.keys()) {
      const value = name.endsWith('*') ? undefined : this.value(read, name);
      if (value !== undefined) row.set(name, value);
    }
    return row;
  }
}
