/** The data sources that a Sigma rule needs follow from its log source, event ids and fields. */
import { logsNeeded } from '../../sigma/data-needed/logs.ts';
import type { DataSource, Detection, Reference } from '../model.ts';
import type { Context } from './context.ts';
import { referenceTo } from './names.ts';

/** Any one of them is enough; what an enrichment of the rule reads is needed with each. */
export function linkDataNeeded(rule: Detection, dataSources: readonly DataSource[], context: Context): void {
  if (!rule.sigma) return;
  rule.enrichments = context.resolve(rule, rule.enrichments, 'enrichment', ['enrichment']);
  const besides = rule.enrichments.flatMap(({ name }) =>
    (context.names.get('enrichment', name)?.dataSources ?? []).flatMap((read) => {
      const source = context.names.getFolded('data_source', read.name);
      return source ? [referenceTo(source)] : [];
    }),
  );
  rule.dataSources = logsNeeded(rule.sigma.scopes, dataSources).map((source) =>
    withoutRepetition([referenceTo(source), ...besides]),
  );
}

function withoutRepetition(references: Reference[]): Reference[] {
  return [...new Map(references.map((reference) => [reference.name, reference])).values()];
}
