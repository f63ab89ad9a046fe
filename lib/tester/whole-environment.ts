import { dataModels } from '../events/cim/data-models.ts';
import { cimProvider } from '../spl/run/datamodel/cim.ts';
import {
  type EnvironmentContent,
  environmentWith,
  type LookupFacts,
  type RuleEnvironment,
} from './environment.ts';

/**
 * The environment that a catalog gives its rules. `textOf` gives the text of a lookup's file (CSV or model), whole: the
 * catalog itself keeps only the first rows. A lookup without a file, such as a kvstore collection, is empty.
 */
export function environmentOf<L extends LookupFacts>(
  content: EnvironmentContent<L>,
  textOf: (lookup: L) => string | undefined,
): RuleEnvironment {
  return environmentWith(cimProvider(dataModels(content.dataModels)), content, textOf);
}
