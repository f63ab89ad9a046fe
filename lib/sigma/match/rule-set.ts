import type { EventRecord, FieldValue } from '../../events/record.ts';
import type { CompiledRule } from './compile.ts';
import { SigmaEvent } from './event.ts';
import { type Layout, Layouts } from './layout.ts';
import { Network } from './network.ts';

/** What a set has to know of a rule. */
export type RoutedRule = Pick<CompiledRule, 'expression' | 'fieldsIn'>;

/** The rules that events of one kind may come to. */
interface Kind {
  /** Positions in the set, by position in the network. */
  rules: readonly number[];
  network: Network;
}

/** Kinds of events remembered; what tells them apart comes from logs. */
const MOST_KINDS = 20_000;

/**
 * Many rules asked about many events. Which rules an event may come to depends on its source type, channel, event id and
 * event type alone, so it is worked out once for each kind of event; kinds with the same rules share a network.
 */
export class RuleSet<Rule extends RoutedRule = CompiledRule> {
  private kinds = new Map<string, Map<string, Map<string, Kind>>>();
  private kindCount = 0;
  private readonly networks = new Map<string, Kind>();
  private readonly layouts = new Layouts();
  private readonly values: FieldValue[] = [];
  /** What told the kind of the event before. */
  private last: { told: readonly (FieldValue | undefined)[]; kind: Kind } | undefined;

  constructor(readonly rules: readonly Rule[]) {}

  /** The rules that match, in the order they were given. */
  matching(record: EventRecord): Rule[] {
    return this.positions(record).map((position) => this.rules[position]!);
  }

  /** The same as positions in `rules`, ascending. */
  positions(record: EventRecord): number[] {
    const layout = this.layouts.read(record, this.values);
    const { rules, network } = this.kindOf(record, layout);
    if (rules.length === 0) return [];
    const found = network.matching(record, layout, this.values);
    for (let at = 0; at < found.length; at += 1) found[at] = rules[found[at]!]!;
    return found;
  }

  /** Events of one kind mostly follow one another. */
  private kindOf(record: EventRecord, layout: Layout): Kind {
    const { values } = this;
    const [eventType, channel, eventId] = [
      values[layout.eventType],
      values[layout.channel],
      values[layout.eventId],
    ];
    const told = this.last?.told;
    if (
      told !== undefined &&
      told[0] === record.sourcetype &&
      told[1] === eventType &&
      told[2] === channel &&
      told[3] === eventId
    )
      return this.last!.kind;
    const kind = this.kindFound(record, layout);
    this.last = { told: [record.sourcetype, eventType, channel, eventId], kind };
    return kind;
  }

  private kindFound(record: EventRecord, layout: Layout): Kind {
    const source = `${record.sourcetype}\u0000${this.text(layout.eventType)}`;
    const channel = this.text(layout.channel);
    const eventId = this.text(layout.eventId);
    let channels = this.kinds.get(source);
    if (channels === undefined) {
      channels = new Map();
      this.kinds.set(source, channels);
    }
    let ids = channels.get(channel);
    if (ids === undefined) {
      ids = new Map();
      channels.set(channel, ids);
    }
    let kind = ids.get(eventId);
    if (kind === undefined) {
      kind = this.kindFor(record);
      ids.set(eventId, kind);
      this.kindCount += 1;
      if (this.kindCount > MOST_KINDS) {
        this.kinds = new Map();
        this.kindCount = 0;
      }
    }
    return kind;
  }

  /** A field's text, for telling kinds apart; one that is absent is not one that is empty. */
  private text(place: number): string {
    const value = place < 0 ? undefined : this.values[place];
    if (value === undefined) return '\u0000';
    return typeof value === 'string' ? value : value.join('\u0001');
  }

  private kindFor(record: EventRecord): Kind {
    const event = new SigmaEvent(record);
    const rules: number[] = [];
    const entries: { expression: CompiledRule['expression']; fields: ReadonlyMap<string, string> }[] = [];
    let signature = '';
    for (const [position, rule] of this.rules.entries()) {
      const fields = rule.fieldsIn(event);
      if (fields === undefined) continue;
      rules.push(position);
      entries.push({ expression: rule.expression, fields });
      signature += `${position},${[...fields].join(';')} `;
    }
    let kind = this.networks.get(signature);
    if (kind === undefined) {
      kind = { rules, network: new Network(entries) };
      this.networks.set(signature, kind);
    }
    return kind;
  }
}
