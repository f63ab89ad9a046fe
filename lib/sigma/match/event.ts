import { plainValue } from '../../events/plain-value.ts';
import { type EventRecord, type FieldValue, fieldOf, METADATA_FIELDS } from '../../events/record.ts';

/** Values of one field, as they are and in lower case. */
export interface Values {
  texts: readonly string[];
  folded: readonly string[];
}

/** Names that rules use for attributes of an event's `System` part → names in records. */
const SYSTEM_FIELDS: ReadonlyMap<string, string> = new Map([
  ['Provider_Name', 'Name'],
  ['ProviderName', 'Name'],
  ['Provider_Guid', 'Guid'],
  ['Security_UserID', 'UserID'],
  ['Execution_ProcessID', 'ProcessID'],
  ['Execution_ThreadID', 'ThreadID'],
  ['ComputerName', 'Computer'],
]);

const METADATA: ReadonlySet<string> = new Set(METADATA_FIELDS);

/** Whether a record has the field beside its fields (`host`, `source` ...). */
export function isMetadata(field: string): boolean {
  return METADATA.has(field);
}

/** Under which of its own names a record with these names has a rule's field; undefined when it does not have it. */
export function nameInRecord(
  field: string,
  has: (name: string) => boolean,
  spellings: () => ReadonlyMap<string, string>,
): string | undefined {
  if (has(field)) return field;
  const system = SYSTEM_FIELDS.get(field);
  if (system !== undefined) return has(system) ? system : undefined;
  // Some providers put blanks into names (`Threat Name`); rules and add-ons write them without.
  return spellings().get(field);
}

/**
 * The names under which records may have a rule's field, where `possible` are all that they may have and `certain` tells
 * those that every one has: the first that is there counts. Undefined where that depends on the order of their names.
 */
export function namesInRecords(
  field: string,
  possible: ReadonlySet<string>,
  certain: (name: string) => boolean,
): string[] | undefined {
  const own = possible.has(field) ? [field] : [];
  if (own.length > 0 && certain(field)) return own;
  const system = SYSTEM_FIELDS.get(field);
  if (system !== undefined) return possible.has(system) ? [...own, system] : own;
  const spelt = [...possible].filter((name) => /[ _]/.test(name) && name.replace(/[ _]/g, '') === field);
  return spelt.length > 1 ? undefined : [...own, ...spelt];
}

/** Names with blanks or underscores, by the same name without them; the last of several counts. */
export function spellingsOf(names: Iterable<string>): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>();
  for (const name of names) if (/[ _]/.test(name)) spellings.set(name.replace(/[ _]/g, ''), name);
  return spellings;
}

/**
 * An event as rules look at it. Values are put into lower case once, however many rules ask; make one `SigmaEvent` per
 * record and hand it to every rule.
 */
export class SigmaEvent {
  private cache: Map<string, Values | undefined> | undefined;
  private spellings: ReadonlyMap<string, string> | undefined;
  private everything: Values | undefined;

  constructor(readonly record: EventRecord) {}

  /** In lower case; undefined for what is no event of a Windows channel. */
  get channel(): string | undefined {
    return this.values('Channel')?.folded[0];
  }

  get eventId(): string | undefined {
    return this.values('EventID')?.texts[0];
  }

  /** Undefined: the event does not have the field. */
  values(field: string): Values | undefined {
    this.cache ??= new Map();
    if (this.cache.has(field)) return this.cache.get(field);
    const found = this.value(field);
    const texts = found === undefined ? undefined : typeof found === 'string' ? [found] : found;
    const values = texts && { texts, folded: texts.map((text) => text.toLowerCase()) };
    this.cache.set(field, values);
    return values;
  }

  /** Everything a keyword may be found in: the text of the event and the values of its fields. */
  all(): Values {
    if (this.everything === undefined) {
      const texts = [this.record.raw];
      for (const value of this.record.fields.values()) {
        const plain = plainValue(this.record, value);
        texts.push(...(typeof plain === 'string' ? [plain] : plain));
      }
      this.everything = { texts, folded: texts.map((text) => text.toLowerCase()) };
    }
    return this.everything;
  }

  /** As the event's maker wrote it. */
  value(field: string): FieldValue | undefined {
    const { fields } = this.record;
    const metadata = isMetadata(field) ? fieldOf(this.record, field) : undefined;
    if (metadata !== undefined) return metadata;
    const name = nameInRecord(
      field,
      (one) => fields.has(one),
      () => {
        this.spellings ??= spellingsOf(fields.keys());
        return this.spellings;
      },
    );
    const value = name === undefined ? undefined : fields.get(name);
    return value === undefined ? undefined : plainValue(this.record, value);
  }
}
