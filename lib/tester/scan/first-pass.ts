import { QuickFields } from '../../events/extract/quick/quick-fields.ts';
import type { Cell } from '../../events/extract/quick/quick-program.ts';
import type { EventRecord, FieldValue } from '../../events/record.ts';
import { run, tableFromRecords } from '../../spl/core.ts';
import { eventsOf } from './events-of-result.ts';
import type { Hit, HitEvent } from './report.ts';
import { MOST_EVENTS } from './report.ts';
import type { CompiledRules } from './rules.ts';

/** Numbers of records by file, ascending. */
export type Places = readonly (readonly number[] | Uint32Array)[];

/** What a pass over events leaves for the searches. */
export interface Picked {
  /** By position among the gated searches: events that they have a use for. */
  events: number[][][];
  /** Epoch seconds of the newest event: what searches take as now. */
  newest: number | null;
  /** Events seen. */
  seen: number;
}

/** Events that beginnings of searches are run over at once: each is one pass through their columns. */
const BATCH = 4096;

type Reading = (record: EventRecord) => readonly Cell[];

/** The first look at every event: Sigma rules are decided, and events are picked for searches. Keeps few events. */
export class FirstPass {
  readonly picked: Picked;
  private readonly found = new Map<number, Hit>();
  private readonly values: FieldValue[] = [];
  /** Rules that found something since this was last asked. */
  private readonly fresh = new Set<number>();
  foundEvents = 0;
  /** Events of one file that no beginning has run over yet. */
  private batch: EventRecord[] = [];
  private batchFile = 0;
  private readonly time: Reading;
  private readonly host: Reading;

  constructor(
    private readonly rules: CompiledRules,
    files: number,
  ) {
    this.picked = {
      events: rules.gated.map(() => Array.from({ length: files }, () => [])),
      newest: null,
      seen: 0,
    };
    const fields = new QuickFields(rules.quick);
    this.time = fields.reading(['_time'], () => undefined);
    this.host = fields.reading(['host'], () => undefined);
  }

  add(record: EventRecord, file: number): void {
    const { rules, picked } = this;
    picked.seen += 1;
    const [time] = this.time(record) as [number | null];
    if (time !== null && (picked.newest === null || time > picked.newest)) picked.newest = time;
    const positions = rules.sigma.positions(record);
    if (positions.length > 0) {
      let event: HitEvent | undefined;
      let last = -1;
      for (const position of positions) {
        const use = rules.sigmaRules[position]!;
        if ('pick' in use) this.pick(use.pick, record.number, file);
        // Several rules of one file are one.
        else if (use.hit !== last) {
          event ??= { file, record: record.number, time, host: this.host(record)[0] as string };
          this.hit(use.hit, event);
          last = use.hit;
        }
      }
      if (event !== undefined) this.foundEvents += 1;
    }
    if (rules.gated.length > 0) for (const gate of this.gatesOf(record)) this.pick(gate, record.number, file);
    if (rules.beginnings.length === 0) return;
    if (this.batch.length >= BATCH || file !== this.batchFile) this.runBeginnings();
    this.batch.push(record);
    this.batchFile = file;
  }

  /** The searches that have a use for an event. */
  private gatesOf(record: EventRecord): number[] {
    const { quick, gates, layouts } = this.rules;
    const kind = quick.of(record);
    const quickly = kind === undefined ? undefined : gates.matchingQuickly(record, kind, quick);
    return quickly ?? gates.matching(record, layouts.read(record, this.values), this.values);
  }

  /** To be called after the last event. */
  end(): void {
    this.runBeginnings();
  }

  private runBeginnings(): void {
    const { batch, batchFile } = this;
    if (batch.length === 0) return;
    this.batch = [];
    const events = tableFromRecords(batch);
    for (const { search, prepared } of this.rules.beginnings) {
      const result = run(prepared, { events }, { trace: 'lineage' });
      // The whole search will say what went wrong: it gets what its beginning did not get through.
      const kept = result.error === undefined ? eventsOf(result) : batch.keys();
      for (const at of kept) this.pick(search, batch[at]!.number, batchFile);
    }
  }

  /** Several rules may pick one event for one that counts. */
  private pick(search: number, number: number, file: number): void {
    const numbers = this.picked.events[search]![file]!;
    if (numbers.at(-1) !== number) numbers.push(number);
  }

  private hit(rule: number, event: HitEvent): void {
    let hit = this.found.get(rule);
    if (hit === undefined) {
      hit = { rule, results: 0, events: [], eventCount: 0, messages: [], rows: [] };
      this.found.set(rule, hit);
    }
    hit.results += 1;
    hit.eventCount += 1;
    if (hit.events.length < MOST_EVENTS) hit.events.push(event);
    this.fresh.add(rule);
  }

  get hits(): Hit[] {
    return [...this.found.values()];
  }

  /** Hits that changed since the last call. */
  takeFresh(): Hit[] {
    const hits = [...this.fresh].map((rule) => this.found.get(rule)!);
    this.fresh.clear();
    return hits;
  }
}

/** The time and host of an event, for a hit of a search. */
export function hitEvent(record: EventRecord, file: number): HitEvent {
  return { file, record: record.number, time: record.time, host: record.host };
}
