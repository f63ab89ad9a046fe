import { ConvertError } from '../error.ts';
import { type LegacyPrinter, textsOf } from './backend.ts';
import { NO_SETTINGS } from './settings.ts';
import type { LegacyValue } from './tree.ts';

/** Backslashes stay single, so that PCRE reads `\U` of a path as an escape: the old converter's fault, kept. */
const pcre = (text: string): string =>
  text
    .replace(/[|()[\]{}.^$+]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');

export const grep: LegacyPrinter = {
  settings: NO_SETTINGS,
  and: (items) => items.map((item) => `(?=.*${item})`).join(''),
  or: (items) => `(?:${items.map((item) => `.*${item}`).join('|')})`,
  not: (item) => `(?!.*${item})`,
  group: (inner) => `(?:.*${inner})`,
  leaf: ({ value }, name, { rule }) => {
    if (Array.isArray(value))
      return `(?:${textsOf(value, rule)
        .map((text) => `.*${pcre(text)}`)
        .join('|')})`;
    if (value === null) return `(?!${name})`;
    if (typeof value === 'object') {
      throw new ConvertError(
        'convert-regex',
        'This backend has no regular expressions.',
        rule.detection.range,
      );
    }
    return pcre(textsOf([value as LegacyValue], rule)[0]!);
  },
  finish: (query) => `grep -P '^${query.replaceAll("'", `'"'"'`)}'`,
};
