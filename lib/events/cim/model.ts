/** Data models as data: what a dataset takes in, and how its fields come about. The same shape serves as JSON. */

/** How a calculated field is changed on its way in. */
export type FieldChange = 'lower' | 'commandFile' | 'basename' | 'length' | 'urlHost' | 'urlPath';

/** One field. A plain name takes the event's field of that name and is absent where the event has none. */
export type FieldDefinition =
  | string
  | {
      name: string;
      /** Event fields to try in order; by default the name itself. */
      from?: readonly string[];
      /** Change of the value found. */
      by?: FieldChange;
      /** Event fields to try when none of `from` has a value, and the change of what they give. */
      otherwise?: { from: readonly string[]; by: FieldChange };
      /** Text where nothing has a value. An empty value counts as none. */
      default?: string;
    };

/** Field → values (letter case ignored, `*` as wildcard); all fields must hold, any one value of each. */
export type Constraint = Readonly<Record<string, readonly string[]>>;

export interface DatasetDefinition {
  name: string;
  /** Name of the dataset that this one narrows down. Its fields and constraint hold here too. */
  parent?: string;
  /** Tags that an event must all have. */
  tags?: readonly string[];
  /** Tags of which an event must have none. */
  withoutTags?: readonly string[];
  /** What else must hold. */
  where?: Constraint;
  /** Fields by which an event is taken that has neither tag nor event type, such as one typed by hand: all needed. */
  marks?: readonly string[];
  /** Own fields, beside the parent's. A name that ends in `*` stands for any with that beginning. */
  fields?: readonly FieldDefinition[];
}

export interface DataModelDefinition {
  name: string;
  datasets: readonly DatasetDefinition[];
}

/** Fields that every dataset has from its events. */
export const INHERITED_FIELDS = [
  '_time',
  '_raw',
  'host',
  'source',
  'sourcetype',
  'tag',
  'eventtype',
  'index',
];

/** Names with the default that the Common Information Model gives most of its fields. */
export const unknowns = (...names: string[]): FieldDefinition[] =>
  names.map((name) => ({ name, default: 'unknown' }));
