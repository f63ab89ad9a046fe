import type { CompiledRule } from './compile.ts';
import type { SigmaEvent } from './event.ts';
import { mayTake } from './route.ts';

/** Letters of a text that are looked up; of longer literals the first ones stand for the whole. */
const GRAM = 4;

/** Rules for one kind of event: those to ask about every event, and those that need a text to be there. */
interface Kind {
  rules: readonly CompiledRule[];
  /** Positions in `rules`. */
  always: readonly number[];
  /** Field → first letters of a literal → positions in `rules`. */
  byText: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
}

/**
 * Many rules asked about many events. Which rules an event may concern is worked out once for each kind of event
 * (channel and event id, or source type); of those, a rule is evaluated only where one of the texts that it cannot do
 * without begins in the field.
 */
export class RuleSet {
  private readonly kinds = new Map<string, Kind>();

  constructor(readonly rules: readonly CompiledRule[]) {}

  /** The rules that match, in the order they were given. */
  matching(event: SigmaEvent): CompiledRule[] {
    const { rules, always, byText } = this.kindOf(event);
    const wanted = new Set(always);
    for (const [field, grams] of byText) {
      for (const text of event.values(field)?.folded ?? []) {
        for (let at = 0; at + GRAM <= text.length; at += 1) {
          const found = grams.get(text.slice(at, at + GRAM));
          if (found !== undefined) for (const position of found) wanted.add(position);
        }
      }
    }
    return [...wanted]
      .sort((a, b) => a - b)
      .flatMap((position) => {
        const rule = rules[position]!;
        return rule.matches(event) ? [rule] : [];
      });
  }

  private kindOf({ channel, eventId, record }: SigmaEvent): Kind {
    const name = channel === undefined ? `source ${record.sourcetype}` : `channel ${channel} ${eventId}`;
    let kind = this.kinds.get(name);
    if (kind === undefined) {
      // Without a channel the fields of each event decide, so every rule stays.
      kind = indexed(
        channel === undefined
          ? this.rules
          : this.rules.filter(({ routing }) => mayTake(routing, channel, eventId)),
      );
      this.kinds.set(name, kind);
    }
    return kind;
  }
}

function indexed(rules: readonly CompiledRule[]): Kind {
  const always: number[] = [];
  const byText = new Map<string, Map<string, number[]>>();
  for (const [position, { requiredLiterals, routing }] of rules.entries()) {
    const usable = requiredLiterals.every(({ field, text }) => field !== undefined && text.length >= GRAM);
    if (requiredLiterals.length === 0 || !usable) {
      always.push(position);
      continue;
    }
    for (const { field = '', text } of requiredLiterals) {
      // Some events have the field under another name.
      const names = new Set([field, ...routing.windows.map(({ fields }) => fields.get(field) ?? field)]);
      for (const name of names) {
        let grams = byText.get(name);
        if (grams === undefined) {
          grams = new Map();
          byText.set(name, grams);
        }
        const gram = text.slice(0, GRAM);
        const positions = grams.get(gram);
        if (positions === undefined) grams.set(gram, [position]);
        else if (positions.at(-1) !== position) positions.push(position);
      }
    }
  }
  return { rules, always, byText };
}
