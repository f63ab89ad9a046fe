import type { CompiledRule } from './compile.ts';
import type { SigmaEvent } from './event.ts';
import { mayTake } from './route.ts';

/**
 * Many rules asked about many events. Which rules an event may concern is worked out once for each kind of event
 * (channel and event id, or source type) and kept.
 */
export class RuleSet {
  private readonly kinds = new Map<string, readonly CompiledRule[]>();

  constructor(readonly rules: readonly CompiledRule[]) {}

  /** The rules that match, in the order they were given. */
  matching(event: SigmaEvent): CompiledRule[] {
    return this.candidates(event).filter((rule) => rule.matches(event));
  }

  /** The rules whose log source the event's kind may belong to. */
  candidates(event: SigmaEvent): readonly CompiledRule[] {
    const { channel, eventId, record } = event;
    const kind = channel === undefined ? `source ${record.sourcetype}` : `channel ${channel} ${eventId}`;
    let found = this.kinds.get(kind);
    if (found === undefined) {
      // Without a channel the fields of each event decide, so every rule stays.
      found =
        channel === undefined
          ? this.rules
          : this.rules.filter(({ routing }) => mayTake(routing, channel, eventId));
      this.kinds.set(kind, found);
    }
    return found;
  }
}
