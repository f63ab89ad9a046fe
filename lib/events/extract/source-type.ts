import type { FieldValue } from '../record.ts';
import type { Step, When } from './steps.ts';

/** How an event's text gives its first fields. `auto` looks at the text: XML, JSON, or pairs. */
export type Base =
  | 'auto'
  | 'xml-event'
  | 'json'
  | 'kv'
  | 'windows-message'
  | 'audit'
  | 'lines'
  | 'stash'
  | 'none';

/** What a source type is recognised by. */
export interface Content {
  raw: string;
  /** First fields, worked out by `auto`. */
  fields: ReadonlyMap<string, FieldValue>;
  /** Format-independent look at the text: `xml`, `json` or `text`. */
  form: 'xml' | 'json' | 'text';
}

/** An event type that holds when its condition does; its tags are what data models select by. */
export interface EventType {
  name: string;
  when?: When;
  tags?: readonly string[];
}

export interface SourceType {
  /** The sourcetype as the add-on writes it. */
  sourcetype: string;
  /** Names a user or a test may state, lower case; a trailing `*` stands for any end. The sourcetype itself is one. */
  names?: readonly string[];
  /** Default `source`: a text, or the first of these fields that is there, behind a prefix. */
  source?: string | { prefix: string; fields: readonly string[]; otherwise: string };
  /** Field that is the source whatever the input states, because the add-on sets it as it indexes. */
  sourceField?: string;
  /** Fields whose first present one is the default `host`. */
  host?: readonly string[];
  /** Fields with the event's time, in order of preference; after them the text is searched. */
  time?: readonly string[];
  /** Whether an event of unstated source type is of this one. */
  recognise?(content: Content): boolean;
  base: Base;
  /** Fields whose first present one decides most of the steps' conditions; see `plan`. */
  key?: readonly string[];
  steps: readonly Step[];
  eventTypes?: readonly EventType[];
}
