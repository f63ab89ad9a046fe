import { QuickFields } from '../../events/extract/quick/quick-fields.ts';
import type { EventRecord } from '../../events/record.ts';
import { SigmaEvent } from '../../sigma/match/event.ts';
// The engine without what few searches use: the index would bring it whole into a page's worker.
import { run } from '../../spl/core.ts';
import { EventColumns } from '../../spl/run/columns/records.ts';
import { Table } from '../../spl/run/columns/table.ts';
import type { DataModelProvider } from '../../spl/run/datamodel/provider.ts';
import type { RunOptions } from '../../spl/run/run.ts';
import type { RuleEnvironment } from '../environment.ts';
import { pageLimits } from '../page-limits.ts';
import { messagesOf, previewRisk } from '../risk-preview.ts';
import { occurrenceRow } from '../sigma-runner.ts';
import { eventsOf } from './events-of-result.ts';
import { hitEvent, type Places } from './first-pass.ts';
import { joinSides, readsNothing } from './join-sides.ts';
import { withKeyFilters } from './key-filters.ts';
import {
  type Hit,
  type HitEvent,
  MOST_EVENTS,
  MOST_MESSAGES,
  MOST_ROWS,
  type ScanRule,
  type Unasked,
} from './report.ts';
import type { CountingRule, SearchRule } from './rules.ts';
import { sharedDataModels } from './shared-data-models.ts';

/** Rows of which a message is made. */
const MOST_PREVIEWED = 500;

/** An event that was kept for the searches. */
export interface Kept {
  file: number;
  record: EventRecord;
}

/** Searches over the events that were picked for them, all over one table. */
export class SecondPass {
  private readonly table: Table;
  private readonly rowOf: Map<number, number>[] = [];
  private readonly dataModels: DataModelProvider;
  private readonly parts = new WeakMap<Table, Uint32Array>();

  /** `kept` in the order of files and numbers. */
  constructor(
    private readonly kept: readonly Kept[],
    private readonly now: number | null,
    private readonly rules: readonly ScanRule[],
    private readonly environment: RuleEnvironment,
    /** Fields of events that are read at once; others when a search comes to them. */
    fields: Iterable<string>,
    /** Milliseconds that one search may take in a page, whose limits it then has; default the engine's own. */
    private readonly searchTime?: number,
  ) {
    const events = new EventColumns(
      kept.map(({ record }) => record),
      new QuickFields(),
    );
    events.read(fields);
    this.table = events.table;
    this.dataModels = sharedDataModels(environment.dataModels, this.table, (part) => this.parts.get(part));
    for (const [row, { file, record }] of kept.entries()) {
      let rows = this.rowOf[file];
      if (rows === undefined) {
        rows = new Map();
        this.rowOf[file] = rows;
      }
      rows.set(record.number, row);
    }
  }

  /** What a search finds among the events picked for it (all that were kept, where it needs the whole log). */
  run(search: SearchRule | CountingRule, picked: Places | 'whole'): Hit | Unasked | undefined {
    if ('counter' in search) return this.count(search, picked);
    const { rule, prepared } = search;
    const rows = picked === 'whole' ? undefined : this.rowsOf(picked);
    const { lookups, models } = this.environment;
    const options: RunOptions = {
      lookups,
      models,
      dataModels: this.dataModels,
      ...(this.now === null ? {} : { now: this.now }),
      ...(this.searchTime === undefined ? {} : { limits: pageLimits(this.searchTime) }),
    };
    let table = rows === undefined ? this.table : rows.length === 0 ? Table.empty : this.table.select(rows);
    if (rows !== undefined) this.parts.set(table, rows);
    if (table.size > 0 && joinSides(prepared).some((side) => readsNothing(side, table, options)))
      table = Table.empty;
    const result = run(
      withKeyFilters(prepared),
      { events: table },
      { ...options, trace: table.size > 0 && 'lineage' },
    );
    if (result.error !== undefined) {
      const { code, message } = result.error;
      return { rule, code, message };
    }
    if (result.table.size === 0) return undefined;
    // Without an event there may still be a row: a count of nothing is one.
    const sources = table.size === 0 ? [] : eventsOf(result);
    const events = rows === undefined ? sources : sources.map((at) => rows[at]!);
    const names = result.fields;
    const shown = Math.min(result.table.size, MOST_PREVIEWED);
    const plain = Array.from({ length: shown }, (_, row) => result.table.plainRow(row, names));
    return {
      rule,
      results: result.table.size,
      events: events.slice(0, MOST_EVENTS).map((row) => this.hitEvent(row)),
      eventCount: events.length,
      messages: messagesOf(previewRisk(this.rules[rule]!.risk, plain)).slice(0, MOST_MESSAGES),
      rows: plain.slice(0, MOST_ROWS),
    };
  }

  /** Out of the table: a record may have let go of its fields, and would read them again. */
  private hitEvent(row: number): HitEvent {
    const { file, record } = this.kept[row]!;
    const time = this.table.value(row, '_time');
    return {
      file,
      record: record.number,
      time: typeof time === 'number' ? time : null,
      host: String(this.table.value(row, 'host') ?? ''),
    };
  }

  /** Times that a rule which counts events was met. */
  private count({ rule, counter }: CountingRule, picked: Places | 'whole'): Hit | undefined {
    const rows = picked === 'whole' ? undefined : this.rowsOf(picked);
    const kept = rows === undefined ? this.kept : Array.from(rows, (at) => this.kept[at]!);
    const places = new Map(kept.map(({ record }, at) => [new SigmaEvent(record), at]));
    const { occurrences } = counter.find([...places.keys()]);
    if (occurrences.length === 0) return undefined;
    const found = new Set(occurrences.flatMap(({ events }) => events.map((event) => places.get(event)!)));
    const plain = occurrences.slice(0, MOST_PREVIEWED).map((one) => occurrenceRow(one, counter));
    const events = [...found].sort((a, b) => a - b).map((at) => kept[at]!);
    return {
      rule,
      results: occurrences.length,
      events: events.slice(0, MOST_EVENTS).map(({ record, file }) => hitEvent(record, file)),
      eventCount: events.length,
      messages: messagesOf(previewRisk(this.rules[rule]!.risk, plain)).slice(0, MOST_MESSAGES),
      rows: plain.slice(0, MOST_ROWS),
    };
  }

  /** Undefined for all rows: searches over one table share what they work out. */
  private rowsOf(picked: Places): Uint32Array | undefined {
    const size = picked.reduce((sum, numbers) => sum + numbers.length, 0);
    if (size === this.kept.length && size > 0) return undefined;
    const rows = new Uint32Array(size);
    let at = 0;
    for (const [file, numbers] of picked.entries())
      for (const number of numbers) rows[at++] = this.rowOf[file]!.get(number)!;
    return rows;
  }
}
