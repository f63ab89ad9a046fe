/** Lucene as `es-qs`, `xpack-watcher` and `graylog` printed it. */
import { ConvertError } from '../error.ts';
import { type LegacyContext, type LegacyPrinter, LONE_BACKSLASH, textsOf } from './backend.ts';
import { type LegacySettings, NO_SETTINGS, WINLOGBEAT } from './settings.ts';
import type { LegacyValue } from './tree.ts';

interface Dialect {
  settings: LegacySettings;
  /** Characters that get a backslash. */
  special: RegExp;
  listSeparator: string;
}

export function lucenePrinter({ settings, special, listSeparator }: Dialect): LegacyPrinter {
  const escaped = (text: string): string => text.replace(LONE_BACKSLASH, '\\\\').replace(special, '\\$&');
  const quoted = (text: string): string => `"${escaped(text)}"`;
  const printed = (name: string, value: LegacyValue, context: LegacyContext): string => {
    if (value === null) return `NOT _exists_:${name}`;
    if (typeof value === 'object') return `${name}:/${value.regex}/`;
    const text = textsOf([value], context.rule)[0]!;
    return isWild(text) ? `${name}.keyword:${escaped(text)}` : `${name}:${quoted(text)}`;
  };
  return {
    settings,
    and: (items) => items.join(' AND '),
    or: (items) => items.join(' OR '),
    not: (item) => `(NOT ${item})`,
    group: (inner) => `(${inner})`,
    keywords: (values, kind) => {
      const padded = values.map((value) => anywhere(escaped(String(value))));
      return `\\*.keyword:(${padded.join(kind === 'and' ? ' AND ' : ' OR ')})`;
    },
    keyword: ({ value }, _, { rule }, within) => {
      const text = textsOf([value as LegacyValue], rule)[0]!;
      return within === 'or' ? anywhere(escaped(text)) : quoted(text);
    },
    leaf: ({ value }, name, context) => {
      if (!Array.isArray(value)) return printed(name, value as LegacyValue, context);
      const texts = textsOf(value, context.rule);
      if (texts.some(isWild)) return `${name}.keyword:(${texts.map(escaped).join(listSeparator)})`;
      return `${name}:(${texts.map(quoted).join(listSeparator)})`;
    },
    finish: (query, { aggregation }) => {
      if (aggregation === undefined) return query;
      throw new ConvertError('convert-aggregation', 'Lucene has no aggregations.', aggregation.range);
    },
  };
}

const anywhere = (text: string): string =>
  `${text.startsWith('*') ? '' : '*'}${text}${text.endsWith('*') ? '' : '*'}`;

const isWild = (text: string): boolean => /[*]/.test(text);

export const esQs = lucenePrinter({
  settings: WINLOGBEAT,
  special: /[\s+\-=!(){}[\]^"~:/]|&&|\|\|/g,
  listSeparator: ' OR ',
});

export const graylog = lucenePrinter({
  settings: NO_SETTINGS,
  special: /[+\-!(){}[\]^"~:/]|&&|\|\|/g,
  listSeparator: ' ',
});
