import type { Range } from '../../text/diagnostic.ts';
import { fieldFlow } from './analyse-fields.ts';
import type { MacroCall, Query, SearchCompare, Stage } from './ast.ts';
import { subsearchesOf, walk } from './walk.ts';

/** What a search uses and makes. Lists are in the order of first use, without repetition. */
export interface Analysis {
  stages: StageAnalysis[];
  /** Command names in pipeline order, subsearches included; unknown ones too. */
  commands: string[];
  /** Fields the search takes from its events: read before any stage has made them. Subsearches included. */
  fieldsRead: string[];
  /** Fields that stages make. */
  fieldsWritten: string[];
  macros: { name: string; args: string[]; range: Range }[];
  lookups: { name: string; direction: 'read' | 'write'; range: Range }[];
  /** `Endpoint.Processes`, or `Web` where no dataset is named. */
  dataModels: string[];
  /** Time modifiers written in the search itself, not in its subsearches. */
  timeRange: { earliest?: string; latest?: string };
  subsearches: { range: Range; analysis: Analysis }[];
}

export interface StageAnalysis {
  /** Command name, `macro` for a macro call as a stage. */
  command: string;
  range: Range;
  fieldsRead: string[];
  fieldsWritten: string[];
}

/** A pattern with `*` against a name. */
function matches(pattern: string, name: string): string[] | undefined {
  if (!pattern.includes('*')) return pattern === name ? [] : undefined;
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(.*)')}$`, 's').exec(name)?.slice(1);
}

class Fields {
  readonly required = new Set<string>();
  readonly written = new Set<string>();
  /** Names that the rows have besides those of the events. */
  private made = new Set<string>();
  /** The rows have no fields of the events any more. */
  private closed = false;

  take(stage: Stage): StageAnalysis {
    const flow = fieldFlow(stage);
    for (const name of flow.reads) {
      if (this.closed || name.includes('*') || this.has(name)) continue;
      this.required.add(name);
    }
    const renamed = this.rename(flow.renames);
    if (flow.closes) {
      const kept = stage.kind === 'command' && stage.shape === 'field-list' && stage.name === 'table';
      this.made = new Set(
        kept ? [...this.made].filter((name) => flow.reads.some((each) => matches(each, name))) : [],
      );
      // A lookup or an automatic extraction brings fields that only its data names.
      this.closed = true;
    }
    const writes = [...new Set([...flow.writes, ...renamed])];
    for (const name of writes) {
      this.made.add(name);
      this.written.add(name);
    }
    const command = stage.kind === 'macro-stage' ? 'macro' : stage.name;
    return { command, range: stage.range, fieldsRead: flow.reads, fieldsWritten: writes };
  }

  /** Fields that came with other rows. */
  add(names: string[]): void {
    for (const name of names) {
      this.made.add(name);
      this.written.add(name);
    }
  }

  private has(name: string): boolean {
    if (this.made.has(name)) return true;
    // SPL2: a path into something that was made is made.
    const dot = name.indexOf('.');
    return dot > 0 && this.made.has(name.slice(0, dot));
  }

  private rename(pairs: [string, string][]): string[] {
    const out: string[] = [];
    for (const [from, to] of pairs) {
      for (const name of [...this.made]) {
        const parts = matches(from, name);
        if (!parts) continue;
        let at = 0;
        const target = to.replaceAll('*', () => parts[at++] ?? '');
        this.made.delete(name);
        this.made.add(target);
        out.push(target);
      }
    }
    return out;
  }
}

export function analyse(query: Query): Analysis {
  const fields = new Fields();
  const analysis: Analysis = {
    stages: [],
    commands: [],
    fieldsRead: [],
    fieldsWritten: [],
    macros: [],
    lookups: [],
    dataModels: [],
    timeRange: {},
    subsearches: [],
  };
  const merge = (inner: Analysis) => {
    for (const name of inner.fieldsRead) fields.required.add(name);
    analysis.commands.push(...inner.commands);
    analysis.macros.push(...inner.macros);
    analysis.lookups.push(...inner.lookups);
    analysis.dataModels.push(...inner.dataModels);
  };
  for (const definition of query.definitions ?? []) merge(analyse(definition));
  for (const stage of query.stages) {
    analysis.stages.push(fields.take(stage));
    if (stage.kind !== 'macro-stage') analysis.commands.push(stage.name);
    stageUses(stage, analysis);
    for (const subsearch of subsearchesOf(stage)) {
      const inner = analyse(subsearch.query);
      analysis.subsearches.push({ range: subsearch.range, analysis: inner });
      // A template of `foreach` and the pipeline of `appendpipe` work on the rows of this search.
      const own = stage.kind === 'command' && (stage.shape === 'foreach' || stage.name === 'appendpipe');
      merge(own ? { ...inner, fieldsRead: [] } : inner);
      if (stage.kind === 'command') subsearchResult(stage.name, inner, fields);
    }
  }
  return {
    ...analysis,
    commands: [...new Set(analysis.commands)],
    fieldsRead: [...fields.required],
    fieldsWritten: [...fields.written],
    dataModels: [...new Set(analysis.dataModels)],
  };
}

/** Rows of these subsearches join the main rows, with the fields they made. */
function subsearchResult(command: string, inner: Analysis, fields: Fields): void {
  if (!['join', 'append', 'appendcols', 'appendpipe', 'union', 'multisearch', 'foreach'].includes(command))
    return;
  fields.add(inner.fieldsWritten);
}

/** Macros, lookups, data models and time modifiers of one stage, without its subsearches. */
function stageUses(stage: Stage, analysis: Analysis): void {
  const seen = new Set<unknown>();
  walk(
    stage,
    (node) => {
      if (node.kind === 'macro') {
        const { name, args, range } = node as MacroCall;
        // A macro in an argument list hangs on the argument and on its parts.
        if (seen.has(range)) return;
        seen.add(range);
        analysis.macros.push({ name, args, range });
      }
      if (node.kind === 'search-compare') {
        const { field, value } = node as SearchCompare;
        if (field.name === 'earliest' || field.name === 'latest')
          analysis.timeRange[field.name] ??= value.value;
      }
    },
    (node) => node.kind === 'query',
  );
  if (stage.kind !== 'command') return;
  const lookup = (name: string | undefined, direction: 'read' | 'write') => {
    if (name !== undefined) analysis.lookups.push({ name, direction, range: stage.range });
  };
  switch (stage.shape) {
    case 'lookup':
      lookup(stage.table.value, 'read');
      break;
    case 'lookup-file':
      lookup(stage.table?.value, stage.name.startsWith('input') ? 'read' : 'write');
      break;
    case 'tstats':
      if (stage.from?.type === 'datamodel') analysis.dataModels.push(modelName(stage.from.name.value));
      break;
    case 'from':
      if (stage.type === 'datamodel') analysis.dataModels.push(modelName(stage.dataset.value));
      if (stage.type === 'lookup') lookup(stage.dataset.value, 'read');
      break;
    case 'datamodel':
      if (stage.model)
        analysis.dataModels.push([stage.model.value, stage.object?.value].filter(Boolean).join('.'));
      break;
    default:
  }
}

function modelName(written: string): string {
  return written.replaceAll('"', '');
}
