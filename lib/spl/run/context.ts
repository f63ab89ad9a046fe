import type { Diagnostic, Range } from '../../text/diagnostic.ts';
import type { Dialect, Query } from '../syntax/ast.ts';
import type { Budget } from './budget/budget.ts';
import type { PlainRow, Table } from './columns/table.ts';
import type { DataModelProvider } from './datamodel/provider.ts';
import type { RunContext as Evaluation } from './expression/context.ts';
import type { LookupStore } from './lookup/store.ts';
import type { TimeZone } from './time/zone.ts';
import type { CompatFlag, CompatFlags } from './value/compat.ts';

/** Something a run has to say besides its rows: a limit that bit, a default that was assumed, a stage that did nothing. */
export interface RunNote extends Diagnostic {
  /** Index of the stage in the search as written, from 0. */
  stage?: number;
}

/** What a command would have written to the outside. Nothing is written: a page shows it. */
export interface Artefact {
  /** `outputlookup`, `collect`, `sendalert` ... */
  command: string;
  /** Lookup, index or action that it names. */
  target: string;
  rows: PlainRow[];
}

/** A pretrained model for `apply`. The only kind that a browser can run: a weighted sum of fields. */
export interface LinearModel {
  intercept: number;
  /** Field and weight. A field that is absent or not a number makes the row's prediction absent. */
  coefficients: readonly (readonly [field: string, weight: number])[];
  /** Name of the field that the model predicts; the output is `predicted(<target>)`. */
  target: string;
}

/** Everything outside the events that a search may ask for. */
export interface Environment {
  lookups: LookupStore;
  dataModels?: DataModelProvider;
  /** Event type name → search. Only for events that do not carry `eventtype` themselves. */
  eventtypes?: ReadonlyMap<string, string>;
  models?: ReadonlyMap<string, LinearModel>;
}

export interface EventSource {
  table: Table;
  /** `events`: newest first after the base search, as Splunk hands them out. `rows`: results, order kept. */
  kind: 'events' | 'rows';
}

/** State of one run, shared by its stages and subsearches. */
export interface RunContext {
  /** Epoch seconds. */
  readonly now: number;
  /** The zone that `@d`, `strftime` and day spans go by. */
  readonly zone: TimeZone;
  /** What expressions depend on beside the row. */
  readonly evaluation: Evaluation;
  readonly dialect: Dialect;
  /** The text that ranges of the tree point into. */
  readonly text: string;
  readonly compat: CompatFlags;
  readonly budget: Budget;
  readonly environment: Environment;
  readonly source: EventSource;
  readonly depth: number;
  /** Index of the stage that is running. */
  stage: number;
  note(code: string, message: string, range?: Range): void;
  /** The result depends on the answer to an open question. */
  rests(flag: CompatFlag): void;
  keep(artefact: Artefact): void;
  /** Runs a search inside this one, over the same events or over `input`. */
  search(query: Query, input?: Table): Table;
  /** Rows of the pipeline that `$name = ...` defines (SPL2). */
  definition(name: string): Table | undefined;
  /** Parses text that a command put together (`map`, `foreach`); a syntax error stops the run. */
  parse(text: string): Query;
}
