import { CimDataset } from './dataset.ts';
import type { DataModelDefinition } from './model.ts';

export interface DataModels {
  /** All model names, in order. */
  readonly names: readonly string[];
  /** A dataset; without a name the model's first. Letter case counts. */
  dataset(model: string, dataset?: string): CimDataset | undefined;
}

/** Finds datasets; of models of one name the last counts. */
export function datasetsOf(definitions: readonly DataModelDefinition[]): DataModels {
  const models = new Map(definitions.map((model) => [model.name, model]));
  const known = new Map<string, CimDataset>();
  return {
    names: [...models.keys()],
    dataset(model, dataset) {
      const definition = models.get(model);
      const wanted =
        dataset === undefined
          ? definition?.datasets[0]
          : definition?.datasets.find(({ name }) => name === dataset);
      if (definition === undefined || wanted === undefined) return undefined;
      const path = `${model}.${wanted.name}`;
      const found = known.get(path) ?? new CimDataset(definition, wanted);
      known.set(path, found);
      return found;
    },
  };
}
