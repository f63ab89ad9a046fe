/** A lookup of any generation: the first wrote lists and booleans as text, and named its file. */
import type { Lookup } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
import { optional } from './values.ts';

export function readLookup(fields: Fields): Lookup {
  const base = readBase('lookup', fields);
  const filename = fields.text('filename');
  const collection = fields.text('collection');
  const lookupType = typeOf(fields, filename, collection);
  return {
    ...base,
    lookupType,
    ...optional({
      filename: filename ?? impliedFile(lookupType, fields.file.path),
      // Later generations leave the collection out: it is called as the lookup is.
      collection: collection ?? (lookupType === 'kvstore' ? base.name : undefined),
      caseSensitive: fields.flag('case_sensitive_match'),
      minMatches: fields.number('min_matches'),
      maxMatches: fields.number('max_matches'),
      // YAML booleans here are the text that Splunk puts into the field.
      defaultMatch: fields.text('default_match'),
      filter: fields.text('filter'),
    }),
    fields: fields.has('fields_list') ? fields.commaTexts('fields_list') : fields.commaTexts('fields'),
    matchType: fields.commaTexts('match_type'),
    usedBy: [],
  };
}

function typeOf(
  fields: Fields,
  filename: string | undefined,
  collection: string | undefined,
): Lookup['lookupType'] {
  const written = fields.text('lookup_type');
  if (written === 'csv' || written === 'kvstore' || written === 'mlmodel') return written;
  if (filename?.endsWith('.mlmodel')) return 'mlmodel';
  if (filename) return 'csv';
  return collection || fields.has('fields') || fields.file.path.includes('/kvstore/') ? 'kvstore' : 'csv';
}

/** From generation 2 on the data file has the name of the YAML file. */
function impliedFile(type: Lookup['lookupType'], path: string): string | undefined {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/i, '');
  if (type === 'csv') return `${stem}.csv`;
  return type === 'mlmodel' ? `${stem}.mlmodel` : undefined;
}
