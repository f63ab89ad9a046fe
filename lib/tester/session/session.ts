import type { Language, Risk } from '../../content/model.ts';
import { loadModels } from '../../events/cim/model-files.ts';
import { keptRecord } from '../../events/kept-record.ts';
import { type PlainFields, plainFields } from '../../events/plain-record.ts';
import type { EventRecord } from '../../events/record.ts';
import type { PlainRow } from '../../spl/index.ts';
import type { DataModelProvider } from '../../spl/run/datamodel/provider.ts';
import { environmentWith, type RuleEnvironment } from '../environment.ts';
import { previewRisk, type RowPreview } from '../risk-preview.ts';
import { judge, type Verdict } from '../verdict.ts';
import { ASSISTANTS, type Checked, type CompletionList } from './assist.ts';
import { type Composed, compose, type Edits, type EventPlace } from './edits.ts';
import { type EventLine, lineOf } from './event-view.ts';
import type { FileSummary } from './file-summary.ts';
import {
  type Explanation,
  INSPECTORS,
  type InspectableRun,
  type RowPage,
  type RowQuery,
  type StageSummary,
} from './inspect.ts';
import type { EnvironmentPayload, KeptEvents } from './payload.ts';
import { DEFAULT_READ_LIMIT, type EventSource, type ReadLimit } from './source.ts';

export interface SetSummary extends FileSummary {
  id: string;
  name: string;
  /** Set where a limit ended the reading. */
  cut?: 'events' | 'bytes' | 'cancelled';
}

export interface RunRequest {
  rule: { name: string; language: Language; search: string };
  risk?: Risk | undefined;
  /** Sets, in order. */
  sets: string[];
  edits?: Edits | undefined;
  /** Rows that a test expects; null: at least one; undefined: nobody expects anything. */
  expected?: number | null | undefined;
  now?: number | undefined;
  tz?: string | undefined;
  /** Milliseconds that the run may take. */
  time?: number | undefined;
}

export interface RunSummary {
  events: number;
  /** Positions of matched events: the first `MOST_MARKS`. */
  matched: number[];
  matchedCount: number;
  rows: number;
  fields: string[];
  stages: StageSummary[];
  notes: string[];
  diagnostics: Checked['diagnostics'];
  error?: InspectableRun['error'];
  verdict?: Verdict;
  now?: number;
  milliseconds: number;
}

export interface EventsQuery {
  from: number;
  count: number;
  only?: 'matched' | 'unmatched' | undefined;
  /** Text that the event must contain, letter case aside. */
  text?: string | undefined;
}

export interface EventDetail {
  line: EventLine;
  place: EventPlace;
  fields: PlainFields;
  explanation: Explanation;
}

const MOST_MARKS = 2_000;
/** Beyond this many rows a verdict looks at the first ones only; a test's samples have a handful. */
const MOST_JUDGED = 10_000;

interface Current {
  request: RunRequest;
  composed: Composed;
  run: InspectableRun;
  matched: readonly number[];
  isMatched: ReadonlySet<number>;
}

/** What a search names, macros expanded. */
export interface UsedNames {
  lookups: readonly string[];
  commands: readonly string[];
  dataModels: readonly string[];
}

/** Until a search names one. */
const NO_MODELS: DataModelProvider = {
  dataset(model) {
    throw new Error(`The data model ${model} was not fetched`);
  },
};

/** Gets the text of an address of this site. */
export type Fetch = (address: string) => Promise<Blob>;

/**
 * One tester: events read once, any number of runs over them, and questions about the last run. Lives in a worker; has
 * no page, so that a test drives it as the worker does.
 */
export class TesterSession {
  private readonly sets = new Map<string, { id: string; name: string; records: EventRecord[] }>();
  private payload: EnvironmentPayload = { macros: [], lookups: [], dataModels: [] };
  /** By address: two content folders may have a lookup of one name. */
  private readonly lookupTexts = new Map<string, string>();
  private models: { names: ReadonlySet<string> | 'all'; provider: DataModelProvider } | undefined;
  protected environment: RuleEnvironment = this.made();
  private composedFor: { key: string; composed: Composed } | undefined;
  private current: Current | undefined;
  private nextSet = 1;

  constructor(protected readonly fetch: Fetch) {}

  open(payload: EnvironmentPayload): void {
    this.payload = payload;
    this.lookupTexts.clear();
    this.models = undefined;
    this.environment = this.made();
  }

  /** Fetches what runs rules of a language, before there is anything to run. */
  async prepare(language: Language): Promise<void> {
    await INSPECTORS[language]();
  }

  /** Reads events into a new set. Ends early at the limit or when `signal` says so, with what was read kept. */
  async read(
    source: EventSource,
    limit: ReadLimit = DEFAULT_READ_LIMIT,
    onProgress: (progress: { bytes: number; total: number; events: number }) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<SetSummary> {
    const { name } = source;
    if (source.events !== undefined) {
      const kept = JSON.parse(await (await this.fetch(source.events)).text()) as KeptEvents;
      return { id: this.hold(name, kept.records.map(keptRecord)), name, ...kept.summary };
    }
    // Both at once: what reads a log comes with the first one that is read.
    const [blob, { readSource }] = await Promise.all([
      this.blobOf(source.content),
      import('./read-source.ts'),
    ]);
    const { records, summary, cut } = await readSource(source, blob, { limit, onProgress, signal });
    return { id: this.hold(name, records), name, ...summary, ...(cut === undefined ? {} : { cut }) };
  }

  protected blobOf(content: EventSource['content']): Blob | Promise<Blob> {
    if (typeof content === 'string') return new Blob([content]);
    return content instanceof Blob ? content : this.fetch(content.address);
  }

  /** Makes a set of events; its id. */
  protected hold(name: string, records: EventRecord[]): string {
    const id = `s${this.nextSet}`;
    this.nextSet += 1;
    this.sets.set(id, { id, name, records });
    return id;
  }

  forget(id: string): void {
    this.sets.delete(id);
    this.composedFor = undefined;
  }

  /** Runs a rule over sets of events. Never throws for what rule and events hold: `error` says why a run ended. */
  async run(request: RunRequest): Promise<RunSummary> {
    const started = performance.now();
    const composed = this.compose(request);
    await this.fetchUsed(request.rule);
    const { now, tz, time } = request;
    const inspect = await INSPECTORS[request.rule.language]();
    const run = await inspect(request.rule, composed.records, this.environment, {
      ...(now === undefined ? {} : { now }),
      ...(tz === undefined ? {} : { tz }),
      ...(time === undefined ? {} : { time }),
    });
    const matched = run.matched();
    this.current = { request, composed, run, matched, isMatched: new Set(matched) };
    const verdict = this.verdict(request, run);
    return {
      events: composed.records.length,
      matched: matched.slice(0, MOST_MARKS),
      matchedCount: matched.length,
      rows: run.rows,
      fields: run.fields,
      stages: run.stages,
      notes: run.notes.map(({ message }) => message),
      diagnostics: run.diagnostics,
      ...(run.error === undefined ? {} : { error: run.error }),
      ...(run.now === undefined ? {} : { now: run.now }),
      ...(verdict === undefined ? {} : { verdict }),
      milliseconds: performance.now() - started,
    };
  }

  events({ from, count, only, text }: EventsQuery): { total: number; lines: EventLine[] } {
    const { composed, isMatched } = this.last();
    const wanted = text?.toLowerCase();
    const lines: EventLine[] = [];
    let total = 0;
    for (const [at, record] of composed.records.entries()) {
      if (only !== undefined && isMatched.has(at) !== (only === 'matched')) continue;
      if (wanted && !record.raw.toLowerCase().includes(wanted)) continue;
      if (total >= from && lines.length < count) {
        lines.push(lineOf(record, at, isMatched.has(at), composed.isEdited(at)));
      }
      total += 1;
    }
    return { total, lines };
  }

  event(at: number): EventDetail | undefined {
    const { composed, isMatched, run } = this.last();
    const record = composed.records[at];
    if (record === undefined) return undefined;
    return {
      line: lineOf(record, at, isMatched.has(at), composed.isEdited(at)),
      place: composed.placeOf(at),
      fields: plainFields(record),
      explanation: run.explain(at),
    };
  }

  rows(query: RowQuery & { stage?: number | undefined }): RowPage {
    const { stage, ...page } = query;
    return this.last().run.page(page, stage);
  }

  /** Events behind a row of the result. */
  eventsOf(row: number): number[] {
    return this.last().run.eventsOf(row);
  }

  /** The whole result, for an export. */
  resultRows(): { fields: string[]; rows: PlainRow[] } {
    const { run } = this.last();
    return { fields: run.fields, rows: run.resultRows() };
  }

  /** What Enterprise Security would write for the first rows. */
  risk(count: number): RowPreview[] {
    const { request, run } = this.last();
    return previewRisk(request.risk, run.page({ from: 0, count }).rows);
  }

  /** Events of the last run (or those that it matched) as plain fields, for a share link or an export; at most `count`. */
  plainEvents(count: number, only?: 'matched'): { total: number; events: PlainFields[] } {
    const { composed, matched } = this.last();
    const records = only === undefined ? composed.records : matched.map((at) => composed.records[at]!);
    return { total: records.length, events: records.slice(0, count).map(plainFields) };
  }

  async check(text: string, language: Language): Promise<Checked> {
    return (await ASSISTANTS[language]()).check(text, this.environment.macros);
  }

  async complete(text: string, offset: number, language: Language): Promise<CompletionList> {
    return (await ASSISTANTS[language]()).complete(text, offset, {
      fields: this.fieldNames(),
      macros: this.payload.macros,
      lookups: this.payload.lookups.map(({ name }) => name),
    });
  }

  /** Fields seen in the events, of the first ones at most. */
  private fieldNames(): string[] {
    const names = new Set<string>();
    for (const record of this.current?.composed.records.slice(0, 200) ?? []) {
      for (const name of record.fields.keys()) names.add(name);
    }
    return [...names].sort();
  }

  private last(): Current {
    if (this.current === undefined) throw new Error('Nothing was run yet');
    return this.current;
  }

  private compose({ sets, edits }: RunRequest): Composed {
    const key = JSON.stringify([sets, edits]);
    if (this.composedFor?.key === key) return this.composedFor.composed;
    const found = sets.map((id) => this.sets.get(id)?.records ?? []);
    const composed = compose(found, edits);
    this.composedFor = { key, composed };
    return composed;
  }

  private verdict({ expected, risk }: RunRequest, run: InspectableRun): Verdict | undefined {
    if (expected === undefined || run.error !== undefined) return undefined;
    const rows = run.page({ from: 0, count: MOST_JUDGED }).rows;
    return judge(rows, risk, expected ?? undefined);
  }

  private async fetchUsed({ language, search }: RunRequest['rule']): Promise<void> {
    if (language === 'sigma') return;
    const { usesOf } = await import('./inspect-spl.ts');
    await this.fetchNamed(usesOf(search, language, this.environment.macros));
  }

  /** Data models where a search names one, and tables of the lookups that it names and that this site has; once each. */
  protected async fetchNamed({ lookups, commands, dataModels }: UsedNames): Promise<void> {
    // What `map` runs is made while it runs.
    const models = commands.includes('map') ? 'all' : new Set(dataModels.map((name) => name.split('.')[0]!));
    await Promise.all([this.fetchModels(models), this.fetchLookups(lookups, commands)]);
  }

  protected async fetchModels(names: ReadonlySet<string> | 'all'): Promise<void> {
    const had = this.models?.names ?? new Set<string>();
    if (had === 'all' || (names !== 'all' && [...names].every((name) => had.has(name)))) return;
    const wanted = names === 'all' ? names : new Set([...had, ...names]);
    const [{ modelsOf }, known] = await Promise.all([
      import('./models.ts'),
      loadModels(wanted === 'all' ? undefined : wanted),
    ]);
    this.models = { names: wanted, provider: modelsOf([...known, ...this.payload.dataModels]) };
    this.environment = this.made();
  }

  private async fetchLookups(lookups: readonly string[], commands: readonly string[]): Promise<void> {
    const names = new Set(lookups.map((name) => name.replace(/\.csv$/i, '')));
    const wanted = this.payload.lookups.filter(
      (lookup) =>
        lookup.file !== undefined &&
        !this.lookupTexts.has(lookup.file) &&
        (names.has(lookup.name) ||
          names.has(lookup.filename?.replace(/\.csv$/i, '') ?? '') ||
          (lookup.lookupType === 'mlmodel' && commands.includes('apply'))),
    );
    if (wanted.length === 0) return;
    for (const lookup of wanted) {
      const blob = await this.fetch(lookup.file!);
      this.lookupTexts.set(lookup.file!, await blob.text());
    }
    this.environment = this.made();
  }

  private made(): RuleEnvironment {
    const { macros, lookups, sigmaFiles } = this.payload;
    return environmentWith(
      this.models?.provider ?? NO_MODELS,
      {
        macros: macros.map(({ args, ...rest }) => ({ ...rest, arguments: [...args] })),
        lookups,
        ...(sigmaFiles === undefined ? {} : { sigmaFiles }),
      },
      ({ file }) => (file === undefined ? undefined : this.lookupTexts.get(file)),
    );
  }
}
