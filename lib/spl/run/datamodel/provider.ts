import type { CimDataset, FieldOrigin } from '../../../events/cim/dataset.ts';
import type { Column } from '../columns/column.ts';
import type { Table } from '../columns/table.ts';

/** A dataset of a data model, ready to be asked about a table of events. */
export interface Dataset {
  /** `Endpoint.Processes`. */
  readonly path: string;
  /** Prefix of its fields in `tstats`: the root dataset's name (`Processes`). */
  readonly prefix: string;
  /** Fields without prefix, calculated ones included; what is not listed is not in the model. */
  readonly fields: readonly string[];
  /** Names of child datasets, for `nodename=` and `Model.Child`. */
  readonly children: readonly string[];
  /** Indexes of the events that belong to the dataset, ascending. */
  members(events: Table): Uint32Array;
  /** A field over the given events, calculations and defaults applied; undefined when the model does not have it. */
  column(events: Table, rows: Uint32Array, field: string): Column | undefined;
  /** See `CimDataset`; absent where nothing is known of how events and fields come in. */
  readonly admission?: CimDataset['admission'];
  originOf?: (field: string) => FieldOrigin | undefined;
  /** Event fields that a field is made of; absent where that is not known. */
  sourcesOf?(field: string): readonly string[];
  /** Why an event is not a member, for "why not"; undefined when it is one. */
  whyNot?(events: Table, row: number): string | undefined;
}

/** Finds datasets. The data model tables of the events side implement it. */
export interface DataModelProvider {
  /** `model` and `dataset` as in `datamodel=Model.Dataset`; without a dataset the model's root. Case counts. */
  dataset(model: string, dataset?: string): Dataset | undefined;
}
