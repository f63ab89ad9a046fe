import { ConvertError } from '../error.ts';
import { type LegacyPrinter, LONE_BACKSLASH } from './backend.ts';
import { POWERSHELL } from './settings.ts';
import type { LegacyValue } from './tree.ts';

const COMPARISONS: Readonly<Record<string, string>> = {
  '>': '-gt',
  '>=': '-ge',
  '<': '-lt',
  '<=': '-le',
  '=': '-eq',
};

const escaped = (text: string): string =>
  text.replaceAll('*', '.*').replace(LONE_BACKSLASH, '\\\\').replace(/["+]/g, '\\$&');

function textOf(value: LegacyValue): string {
  if (value === null) return 'None';
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

export const powershell: LegacyPrinter = {
  settings: POWERSHELL,
  and: (items) => items.join(' -and '),
  or: (items) => items.join(' -or '),
  not: (item) => ` -not ${item}`,
  group: (inner) => `(${inner})`,
  leaf: ({ field, value }, name, { rule }) => {
    if (name === 'LogName') return undefined;
    const one = (found: LegacyValue, listed: boolean): string => {
      if (typeof found === 'object' && found !== null) {
        throw new ConvertError(
          'convert-regex',
          'This backend has no regular expressions.',
          rule.detection.range,
        );
      }
      // The old converter's own words, not PowerShell's.
      if (found === null && !listed) return `-not ${name}="*"`;
      const text = textOf(found);
      if (field === undefined) return `$_.message -match "${text}"`;
      if (name === 'EventID') return `$_.ID -eq "${escaped(text)}"`;
      const named = !listed || text.includes('*');
      return `$_.message -match "${named ? `${name}.*` : ''}${escaped(text)}"`;
    };
    if (!Array.isArray(value)) return one(value as LegacyValue, false);
    return `(${value.map((found) => one(found, true)).join(' -or ')})`;
  },
  finish: (query, { aggregation }, { scope }) => {
    const log = scope[0] === undefined ? '' : ` -LogName ${String(scope[0].value)}`;
    const head = `Get-WinEvent${log} | where {${query} }`;
    if (aggregation === undefined) {
      return `${head} | select TimeCreated,Id,RecordId,ProcessId,MachineName,Message`;
    }
    if (aggregation.kind === 'near' || aggregation.function !== 'count') {
      throw new ConvertError(
        'convert-aggregation',
        'Of aggregations only `count` has a form here.',
        aggregation.range,
      );
    }
    const { field, by, operator, valueText } = aggregation;
    const compared = `where { $_.count ${COMPARISONS[operator]} ${valueText} }`;
    if (field === undefined) {
      return `${head}  | group-object ${by ?? ''} | ${compared} | select name,count | sort -desc`;
    }
    const counted = `foreach { [PSCustomObject]@{'${by}'=$_.name;'Count'=($_.group.${field} | sort -u).count} }`;
    return `${head}  | select ${by}, ${field} | group ${by} | ${counted}  | sort count -desc | ${compared}`;
  },
};
