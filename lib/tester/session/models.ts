import { datasetsOf } from '../../events/cim/datasets-of.ts';
import type { DataModelDefinition } from '../../events/cim/model.ts';
import { cimProvider } from '../../spl/run/datamodel/cim.ts';
import type { DataModelProvider } from '../../spl/run/datamodel/provider.ts';

/** Finds datasets in these models. */
export const modelsOf = (definitions: readonly DataModelDefinition[]): DataModelProvider =>
  cimProvider(datasetsOf(definitions));
