import type { Diagnostic, Range } from '../../text/diagnostic.ts';
import { optimise } from '../plan/optimise.ts';
import { type Plan, plainPlan } from '../plan/plan.ts';
import type { Dialect, Query } from '../syntax/ast.ts';
import { type Expansion, expandMacros, type ResolveMacro } from '../syntax/macros.ts';
import { parse } from '../syntax/parse.ts';
import { Budget, DEFAULT_LIMITS, type Limits, RunStop } from './budget/budget.ts';
import { type InputRow, type PlainRow, Table } from './columns/table.ts';
import type { Artefact, Environment, EventSource, LinearModel, RunContext, RunNote } from './context.ts';
import type { DataModelProvider } from './datamodel/provider.ts';
import { execute, stopOf } from './execute.ts';
import { createRunContext } from './expression/context.ts';
import { type LookupDefinition, LookupStore } from './lookup/store.ts';
import { needsMore } from './parts.ts';
import { timeZone, UTC } from './time/zone.ts';
import type { StageTrace, TracedStep } from './trace.ts';
import { COMPAT_DEFAULTS, type CompatFlag, type CompatFlags } from './value/compat.ts';

export interface PrepareOptions {
  dialect?: Dialect;
  macros?: ResolveMacro;
}

/** A search that is parsed, expanded and planned; may be run any number of times. */
export interface Prepared {
  /** As typed. */
  source: string;
  expansion: Expansion;
  query: Query;
  /** Steps as written, and the same rows with filters moved and merged. */
  plain: Plan;
  plan: Plan;
  /** Ranges are in the typed text. */
  diagnostics: Diagnostic[];
  macros: ResolveMacro | undefined;
}

/** Parses and plans a search. Never throws: what is wrong is in `diagnostics`, and the plan stops there. */
export function prepare(source: string, options: PrepareOptions = {}): Prepared {
  const expansion = expandMacros(source, options.macros ?? (() => undefined));
  const { query, diagnostics } = parse(expansion.text, { dialect: options.dialect ?? 'spl1' });
  const plain = plainPlan(query);
  const mapped = diagnostics.map((entry) =>
    entry.range === undefined ? entry : { ...entry, range: expansion.mapRange(entry.range) },
  );
  return {
    source,
    expansion,
    query,
    plain,
    plan: optimise(plain),
    diagnostics: [...expansion.diagnostics, ...mapped],
    macros: options.macros,
  };
}

export interface RunOptions {
  /** Epoch seconds; default the newest `_time` of the events, else the clock. */
  now?: number;
  /** IANA zone or `+05:30`; default UTC. */
  tz?: string;
  seed?: number;
  compat?: Partial<CompatFlags>;
  limits?: Partial<Limits>;
  /** A list stops a search that names an unknown lookup; a store says itself what then happens. */
  lookups?: Iterable<LookupDefinition> | LookupStore;
  dataModels?: DataModelProvider;
  eventtypes?: ReadonlyMap<string, string>;
  models?: ReadonlyMap<string, LinearModel>;
  /**
   * True keeps every step for the trace, lineage and "why not", and runs the plan as written; `lineage` keeps the steps
   * of the plan as it is run otherwise, for who asks only which events went into a row.
   */
  trace?: boolean | 'lineage';
  /** False runs the plan as written, clauses in the order written. */
  optimise?: boolean;
}

/** `events` come out of a base search newest first; `rows` are results and keep their order. */
export type RunInput = { events: Table } | { rows: Table | readonly InputRow[] };

export interface RunError {
  code: string;
  message: string;
  range?: Range;
  /** Index of the stage that the run ended at. */
  stage?: number;
}

export class RunResult {
  private plainRows: PlainRow[] | undefined;
  private fieldNames: string[] | undefined;

  constructor(
    /** The rows as columns; empty where the run ended in an error. */
    readonly table: Table,
    readonly notes: RunNote[],
    readonly error: RunError | undefined,
    readonly restsOn: CompatFlag[],
    readonly artefacts: Artefact[],
    readonly now: number,
    /** Steps with their rows; empty without `trace`. */
    readonly steps: readonly TracedStep[],
    readonly context: RunContext,
    /** Where a range of the expanded search stands in the search as typed. */
    readonly typed: (range: Range) => Range,
  ) {}

  /** Names of the result's fields, in order. */
  get fields(): string[] {
    this.fieldNames ??= this.table.fields;
    return this.fieldNames;
  }

  /** Rows as plain JSON; made when first read. */
  get rows(): PlainRow[] {
    this.plainRows ??= this.table.plainRows(this.fields);
    return this.plainRows;
  }

  get trace(): StageTrace[] {
    return this.steps.map((step) => step.trace);
  }
}

/** Runs a prepared search. Never throws; a run that cannot go on has `error`. */
export function run(prepared: Prepared, input: RunInput, options: RunOptions = {}): RunResult {
  const source: EventSource =
    'events' in input
      ? { table: input.events, kind: 'events' }
      : { table: input.rows instanceof Table ? input.rows : Table.fromRows(input.rows), kind: 'rows' };
  const session = new Session(prepared, source, options);
  return session.run();
}

const MOST_NOTES = 200;

class Session {
  private readonly notes: RunNote[] = [];
  private readonly noted = new Set<string>();
  private readonly flags = new Set<CompatFlag>();
  private readonly artefacts: Artefact[] = [];
  private readonly steps: TracedStep[] = [];
  private readonly collected: { notes: RunNote[]; rests: CompatFlag[] } = { notes: [], rests: [] };
  /** Texts of queries that commands put together: their ranges do not point into the search. */
  private readonly texts = new WeakMap<Query, string>();
  private readonly definitions = new Map<Query, Table>();
  private readonly optimise: boolean;
  private readonly context: RunContext;

  constructor(
    private readonly prepared: Prepared,
    source: EventSource,
    private readonly options: RunOptions,
  ) {
    this.optimise = options.optimise !== false;
    const now = options.now ?? newestTime(source.table) ?? Math.floor(Date.now() / 1000);
    const zone = options.tz === undefined ? UTC : (timeZone(options.tz) ?? UTC);
    const compat = { ...COMPAT_DEFAULTS, ...options.compat };
    const environment: Environment = {
      lookups:
        options.lookups instanceof LookupStore ? options.lookups : new LookupStore(options.lookups ?? []),
      ...(options.dataModels === undefined ? {} : { dataModels: options.dataModels }),
      ...(options.eventtypes === undefined ? {} : { eventtypes: options.eventtypes }),
      ...(options.models === undefined ? {} : { models: options.models }),
    };
    const evaluation = createRunContext({
      now,
      zone,
      seed: options.seed ?? 1,
      compat,
      note: (entry) => this.note(this.context, entry.code, entry.message, entry.range),
      rests: (flag) => this.rests(flag),
    });
    this.context = this.contextFor(
      {
        now,
        zone,
        compat,
        evaluation,
        environment,
        source,
        budget: new Budget({ ...DEFAULT_LIMITS, ...options.limits }),
        dialect: prepared.query.dialect,
      },
      prepared.expansion.text,
      0,
    );
  }

  run(): RunResult {
    const { prepared, options, context } = this;
    let table = Table.empty;
    let error: RunError | undefined;
    if (options.tz !== undefined && timeZone(options.tz) === undefined) {
      this.note(context, 'time-zone', `There is no time zone \`${options.tz}\`; UTC was used`);
    }
    const trace = options.trace ?? false;
    const bad = prepared.diagnostics.find((entry) => entry.severity === 'error');
    try {
      if (bad !== undefined) throw new RunStop(bad.code, bad.message);
      if (needsMore(prepared.query)) {
        const message =
          'A part of the engine that this search uses is not loaded; call `loadFor` before `run`';
        throw new RunStop('engine-part-missing', message);
      }
      table = execute(this.optimise && trace !== true ? prepared.plan : prepared.plain, context, {
        reorder: this.optimise,
        ...(trace !== false ? { onStep: (step) => this.steps.push(step), collected: this.collected } : {}),
      });
    } catch (thrown) {
      error = { ...stopOf(thrown), stage: context.stage };
      if (bad?.range !== undefined) error.range = bad.range;
      else if (error.range !== undefined) error.range = prepared.expansion.mapRange(error.range);
    }
    return new RunResult(
      table,
      this.notes,
      error,
      [...this.flags],
      this.artefacts,
      context.now,
      this.steps,
      context,
      prepared.expansion.mapRange,
    );
  }

  private contextFor(
    shared: Pick<
      RunContext,
      'now' | 'zone' | 'compat' | 'evaluation' | 'environment' | 'source' | 'budget' | 'dialect'
    >,
    text: string,
    depth: number,
  ): RunContext {
    const context: RunContext = {
      ...shared,
      text,
      depth,
      stage: 0,
      note: (code, message, range) => this.note(context, code, message, range),
      rests: (flag) => this.rests(flag),
      keep: (artefact) => this.artefacts.push(artefact),
      search: (query, input) => this.nested(context, query, input),
      definition: (name) => this.defined(context, name.replace(/^\$/, '')),
      parse: (nestedText) => this.parseNested(context, nestedText),
    };
    return context;
  }

  /** Rows of a definition are worked out once, however many searches go on from them. */
  private defined(context: RunContext, name: string): Table | undefined {
    const query = this.prepared.query.definitions?.find(({ assign }) => assign === name);
    if (query === undefined) return undefined;
    const table = this.definitions.get(query) ?? this.nested(context, query, undefined);
    this.definitions.set(query, table);
    return table;
  }

  private nested(outer: RunContext, query: Query, input: Table | undefined): Table {
    if (outer.depth + 1 > outer.budget.limits.depth) {
      throw new RunStop('budget-depth', `Searches are nested more than ${outer.budget.limits.depth} deep`);
    }
    const context = this.contextFor(outer, this.texts.get(query) ?? outer.text, outer.depth + 1);
    const plain = plainPlan(query);
    return execute(this.optimise ? optimise(plain) : plain, context, {
      reorder: this.optimise,
      ...(input === undefined ? {} : { input }),
    });
  }

  private parseNested(context: RunContext, text: string): Query {
    const expansion = expandMacros(text, this.prepared.macros ?? (() => undefined));
    const { query, diagnostics } = parse(expansion.text, { dialect: context.dialect });
    const bad = [...expansion.diagnostics, ...diagnostics].find((entry) => entry.severity === 'error');
    if (bad !== undefined) throw new RunStop(bad.code, `${bad.message} (in the search \`${shorten(text)}\`)`);
    this.texts.set(query, expansion.text);
    return query;
  }

  private note(context: RunContext, code: string, message: string, range?: Range): void {
    const key = `${code}\u0000${message}`;
    if (this.noted.has(key) || this.notes.length >= MOST_NOTES) return;
    this.noted.add(key);
    const own = context.text === this.prepared.expansion.text;
    const note: RunNote = { code, severity: 'info', message };
    if (range !== undefined && own) note.range = this.prepared.expansion.mapRange(range);
    if (context.depth === 0) note.stage = context.stage;
    this.notes.push(note);
    this.collected.notes.push(note);
  }

  private rests(flag: CompatFlag): void {
    if (!this.flags.has(flag)) this.flags.add(flag);
    if (!this.collected.rests.includes(flag)) this.collected.rests.push(flag);
  }
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function newestTime(table: Table): number | undefined {
  const column = table.column('_time');
  if (column === undefined) return undefined;
  let newest = -Infinity;
  for (const code of column.codes) {
    const time = column.dictionary.number(code);
    if (time > newest) newest = time;
  }
  return newest === -Infinity ? undefined : newest;
}
