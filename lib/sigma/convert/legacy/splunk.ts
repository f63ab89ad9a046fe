import { ConvertError } from '../error.ts';
import {
  fieldNames,
  type LegacyPrinter,
  LONE_BACKSLASH,
  refuseNear,
  singleName,
  textsOf,
} from './backend.ts';
import { SPLUNK } from './settings.ts';
import type { LegacyValue } from './tree.ts';

const quoted = (text: string): string => `"${text.replace(LONE_BACKSLASH, '\\\\').replaceAll('"', '\\"')}"`;

export const splunk: LegacyPrinter = {
  settings: SPLUNK,
  and: (items) => items.join(' '),
  or: (items) => items.join(' OR '),
  not: (item) => `NOT ${item}`,
  group: (inner) => `(${inner})`,
  leaf: ({ field, value }, name, { rule }) => {
    const one = (found: LegacyValue): string => {
      if (found === null) return `NOT ${name}="*"`;
      if (typeof found === 'object') {
        throw new ConvertError(
          'convert-regex',
          'This backend has no regular expressions.',
          rule.detection.range,
        );
      }
      const text = quoted(textsOf([found], rule)[0]!);
      return field === undefined ? text : `${name}=${text}`;
    };
    if (!Array.isArray(value)) return one(value as LegacyValue);
    return `(${textsOf(value, rule).map(one).join(' OR ')})`;
  },
  finish: (query, { aggregation }, context) => {
    refuseNear(aggregation);
    if (aggregation?.kind === 'aggregate') {
      const { field, by, operator, valueText } = aggregation;
      const name = (one: string) => singleName(one, context, aggregation);
      const grouped = by === undefined ? '' : ` by ${name(by)}`;
      if (field === undefined) {
        return `${query} | eventstats count as val${grouped}| search val ${operator} ${valueText}`;
      }
      const made = aggregation.function === 'count' ? 'dc' : aggregation.function;
      return `${query} | eventstats ${made}(${name(field)}) as val${grouped} | search val ${operator} ${valueText}`;
    }
    const { fields } = context.rule;
    if (fields.length === 0) return query;
    return `${query} | table ${fields.flatMap((field) => fieldNames(field, context)).join(',')}`;
  },
};
