import { type QuickKind, QuickKinds } from '../../events/extract/quick/quick-kinds.ts';
import { plainValue } from '../../events/plain-value.ts';
import type { EventRecord, FieldValue } from '../../events/record.ts';
import type { CompiledRule } from './compile.ts';
import { SigmaEvent } from './event.ts';
import { Layouts } from './layout.ts';
import { Network } from './network.ts';
import { plainly, QuickBindings, valueAmong } from './quick-binding.ts';

/** What a set has to know of a rule. */
export type RoutedRule = Pick<CompiledRule, 'expression' | 'fieldsIn'>;

/** The rules that events of one kind may come to. */
interface Kind {
  /** Positions in the set, by position in the network. */
  rules: readonly number[];
  network: Network;
}

/** Source type, and the values of what `TELLING` names. */
type Told = [string, ...(FieldValue | undefined)[]];
const TELLING = ['EventType', 'Channel', 'EventID'];

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
  private readonly telling = new QuickBindings(TELLING);
  /** What told the kind of the event before. */
  private last: { told: Told; kind: Kind } | undefined;

  /** @param quick looks at events; one that others ask about the same events looks at each once */
  constructor(
    readonly rules: readonly Rule[],
    private readonly quick = new QuickKinds(),
  ) {}

  /** The rules that match, in the order they were given. */
  matching(record: EventRecord): Rule[] {
    return this.positions(record).map((position) => this.rules[position]!);
  }

  /** The same as positions in `rules`, ascending. */
  positions(record: EventRecord): number[] {
    const quick = this.quick.of(record);
    const quickly = quick === undefined ? undefined : this.quickly(record, quick);
    if (quickly !== undefined) return quickly;
    const layout = this.layouts.read(record, this.values);
    const { values } = this;
    const { rules, network } = this.kindOf(record, [
      record.sourcetype,
      values[layout.eventType],
      values[layout.channel],
      values[layout.eventId],
    ]);
    if (rules.length === 0) return [];
    return inSet(rules, network.matching(record, layout, values));
  }

  private quickly(record: EventRecord, quick: QuickKind): number[] | undefined {
    const binding = this.telling.of(quick);
    if (binding === undefined) return undefined;
    const { slots, origin } = this.quick;
    const { places, constants, made } = binding;
    const told: Told = [
      origin.sourcetype ?? quick.type?.sourcetype ?? 'unknown',
      undefined,
      undefined,
      undefined,
    ];
    for (let at = 0; at < places.length; at += 2)
      told[places[at]! + 1] = plainly(record, quick, quick.shape.value(slots, places[at + 1]!));
    for (const { field, value } of constants) told[field + 1] = plainValue(record, value);
    if (made.length > 0) {
      const cells = binding.cells(this.quick);
      for (const { field, cells: some } of made) {
        const value = valueAmong(cells, some);
        if (value !== undefined) told[field + 1] = plainValue(record, value);
      }
    }
    const { rules, network } = this.kindOf(record, told);
    if (rules.length === 0) return [];
    const found = network.matchingQuickly(record, quick, this.quick);
    return found && inSet(rules, found);
  }

  /** Events of one kind mostly follow one another. */
  private kindOf(record: EventRecord, told: Told): Kind {
    const before = this.last?.told;
    if (
      before !== undefined &&
      before[0] === told[0] &&
      before[1] === told[1] &&
      before[2] === told[2] &&
      before[3] === told[3]
    )
      return this.last!.kind;
    const kind = this.kindFound(record, told);
    this.last = { told, kind };
    return kind;
  }

  private kindFound(record: EventRecord, [sourcetype, eventType, inChannel, id]: Told): Kind {
    const source = `${sourcetype}\u0000${textOf(eventType)}`;
    const channel = textOf(inChannel);
    const eventId = textOf(id);
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

/** Numbers of a network's rules as their positions in the set. */
function inSet(rules: readonly number[], found: number[]): number[] {
  for (let at = 0; at < found.length; at += 1) found[at] = rules[found[at]!]!;
  return found;
}

/** A field's text, for telling kinds apart; one that is absent is not one that is empty. */
function textOf(value: FieldValue | undefined): string {
  if (value === undefined) return '\u0000';
  return typeof value === 'string' ? value : value.join('\u0001');
}
