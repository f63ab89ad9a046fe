import { type EventRecord, fieldOf } from '../../events/record.ts';

/** Values of one field, as they are and in lower case. */
export interface Values {
  texts: readonly string[];
  folded: readonly string[];
}

/** Names that rules use for attributes of an event's `System` part → names in records. */
const SYSTEM_FIELDS: Readonly<Record<string, string>> = {
  Provider_Name: 'Name',
  ProviderName: 'Name',
  Provider_Guid: 'Guid',
  Security_UserID: 'UserID',
  Execution_ProcessID: 'ProcessID',
  Execution_ThreadID: 'ThreadID',
  ComputerName: 'Computer',
};

/**
 * An event as rules look at it. Values are put into lower case once, however many rules ask; make one `SigmaEvent` per
 * record and hand it to every rule.
 */
export class SigmaEvent {
  private readonly cache = new Map<string, Values | undefined>();
  private spellings: ReadonlyMap<string, string> | undefined;
  private everything: Values | undefined;

  /** In lower case; undefined for what is no event of a Windows channel. */
  readonly channel: string | undefined;
  readonly eventId: string | undefined;

  constructor(readonly record: EventRecord) {
    this.channel = this.values('Channel')?.folded[0];
    this.eventId = this.values('EventID')?.texts[0];
  }

  /** Undefined: the event does not have the field. */
  values(field: string): Values | undefined {
    if (this.cache.has(field)) return this.cache.get(field);
    const found = this.find(field);
    const texts = found === undefined ? undefined : typeof found === 'string' ? [found] : found;
    const values = texts && { texts, folded: texts.map((text) => text.toLowerCase()) };
    this.cache.set(field, values);
    return values;
  }

  /** Everything a keyword may be found in: the text of the event and the values of its fields. */
  all(): Values {
    if (this.everything === undefined) {
      const texts = [this.record.raw];
      for (const value of this.record.fields.values())
        texts.push(...(typeof value === 'string' ? [value] : value));
      this.everything = { texts, folded: texts.map((text) => text.toLowerCase()) };
    }
    return this.everything;
  }

  private find(field: string) {
    const own = fieldOf(this.record, field);
    if (own !== undefined) return own;
    const system = SYSTEM_FIELDS[field];
    if (system !== undefined) return this.record.fields.get(system);
    // Some providers put blanks into names (`Threat Name`); rules and add-ons write them without.
    const spelled = this.spelling().get(field);
    return spelled === undefined ? undefined : this.record.fields.get(spelled);
  }

  private spelling(): ReadonlyMap<string, string> {
    if (this.spellings === undefined) {
      const spellings = new Map<string, string>();
      for (const name of this.record.fields.keys()) {
        if (/[ _]/.test(name)) spellings.set(name.replace(/[ _]/g, ''), name);
      }
      this.spellings = spellings;
    }
    return this.spellings;
  }
}
