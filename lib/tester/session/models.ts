import { dataModels } from '../../events/cim/data-models.ts';
import type { DataModelDefinition } from '../../events/cim/model.ts';
import { cimProvider } from '../../spl/run/datamodel/cim.ts';
import type { DataModelProvider } from '../../spl/run/datamodel/provider.ts';

/** The data models that come along and the site's own. */
export const modelsWith = (own: readonly DataModelDefinition[]): DataModelProvider =>
  cimProvider(dataModels(own));
