import { type Hit, type HitEvent, type HitUpdate, MOST_EVENTS, MOST_MESSAGES, MOST_ROWS } from './report.ts';

/** What a scan has found, put together from its updates, in whatever order its threads tell them. */
export class HitsFound {
  private readonly byRule = new Map<number, Hit>();

  take(updates: readonly HitUpdate[]): void {
    for (const update of updates) {
      const known = this.byRule.get(update.rule);
      this.byRule.set(
        update.rule,
        known === undefined ? { ...update, events: [...update.events] } : grown(known, update),
      );
    }
  }

  /** As far as the scan has come; events in the order in which they were told. */
  get hits(): Hit[] {
    return [...this.byRule.values()];
  }

  /** The hits of a scan that has ended, by rule. */
  settled(): Hit[] {
    return [...this.byRule.values()].map(settled).sort((a, b) => a.rule - b.rule);
  }
}

function grown(known: Hit, update: HitUpdate): Hit {
  const { events } = known;
  for (const event of update.events) events.push(event);
  return {
    rule: known.rule,
    results: known.results + update.results,
    events,
    eventCount: known.eventCount + update.eventCount,
    messages: [...new Set([...known.messages, ...update.messages])].slice(0, MOST_MESSAGES),
    rows: [...known.rows, ...update.rows].slice(0, MOST_ROWS),
  };
}

/** Single events of a rule may be met beside what it counts: each stands once. */
function settled(hit: Hit): Hit {
  const events = [...hit.events].sort(byPlace);
  const distinct = events.filter((event, at) => at === 0 || byPlace(events[at - 1]!, event) !== 0);
  return {
    ...hit,
    events: distinct.slice(0, MOST_EVENTS),
    eventCount: hit.eventCount - (events.length - distinct.length),
  };
}

const byPlace = (a: HitEvent, b: HitEvent): number => a.file - b.file || a.record - b.record;
