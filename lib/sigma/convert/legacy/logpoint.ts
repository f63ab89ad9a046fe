import { ConvertError } from '../error.ts';
import { type LegacyPrinter, LONE_BACKSLASH, refuseNear, singleName, textsOf } from './backend.ts';
import { LOGPOINT } from './settings.ts';
import type { LegacyValue } from './tree.ts';

const quoted = (text: string): string => `"${text.replace(LONE_BACKSLASH, '\\\\').replaceAll('"', '\\"')}"`;

export const logpoint: LegacyPrinter = {
  settings: LOGPOINT,
  and: (items) => items.join(' '),
  or: (items) => items.join(' OR '),
  not: (item) => ` -${item}`,
  group: (inner) => `(${inner})`,
  leaf: ({ field, value }, name, { rule }) => {
    if (Array.isArray(value)) return `${name} IN [${textsOf(value, rule).map(quoted).join(', ')}]`;
    if (value === null) return `-${name}=*`;
    if (typeof value === 'object') {
      throw new ConvertError(
        'convert-regex',
        'This backend has no regular expressions.',
        rule.detection.range,
      );
    }
    const text = quoted(textsOf([value as LegacyValue], rule)[0]!);
    return field === undefined ? text : `${name}=${text}`;
  },
  finish: (query, { aggregation }, context) => {
    refuseNear(aggregation);
    if (aggregation?.kind !== 'aggregate') return query;
    const { field, by, operator, valueText } = aggregation;
    const name = (one: string) => singleName(one, context, aggregation);
    const grouped = by === undefined ? '' : ` by ${name(by)}`;
    const counted = field === undefined ? '' : name(field);
    return `${query} | chart ${aggregation.function}(${counted}) as val${grouped} | search val ${operator} ${valueText}`;
  },
};
