/** Names of fields in rules, as they are written. */
import type { Detection, FieldItem, Search, SigmaDocument } from './model.ts';

/** Fields that rules look at, those that they compare with or group by included; each once, in the order written. */
export function fieldsRead(documents: readonly SigmaDocument[]): string[] {
  const fields = documents.flatMap((document): string[] => {
    if (document.kind === 'correlation') return [...document.groupBy, ...document.fields];
    const { conditions } = document.detection;
    const counted = conditions.flatMap(({ aggregation }) =>
      aggregation?.kind === 'aggregate' ? [aggregation.field, aggregation.by] : [],
    );
    const tested = fieldItems(document.detection).flatMap(({ field, modifiers, values }) => [
      field,
      ...(modifiers.includes('fieldref') ? values.map(({ text }) => text) : []),
    ]);
    return [...tested, ...counted].filter((field) => field !== undefined);
  });
  return [...new Set(fields)];
}

/** Every field with its values, and every keyword, of the searches of a rule. */
export function fieldItems({ searches }: Pick<Detection, 'searches'>): FieldItem[] {
  return [...searches.values()].flatMap(itemsOf);
}

function itemsOf(search: Search): FieldItem[] {
  return search.items.flatMap((item) => (item.kind === 'item' ? [item] : itemsOf(item)));
}
