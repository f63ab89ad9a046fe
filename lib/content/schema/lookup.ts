import { z } from 'zod';
import * as is from './common.ts';

const matches = {
  min_matches: is.whole('Least number of rows per event.').optional(),
  max_matches: is.whole('Greatest number of rows per event.', 1, 1000).optional(),
};

/** Lists are one text with commas, booleans may be texts, and the data file is named. */
export const lookupG1 = is.object(
  {
    name: is.datedHead.name,
    description: is.datedHead.description.optional(),
    filename: is.text('File of the data, beside this one.').optional(),
    collection: is.text('Collection of the KV store.').optional(),
    fields_list: is.text('Fields of the collection, separated by commas.').optional(),
    match_type: is.text('How a field matches: `WILDCARD(field)`, `CIDR(field)`.').optional(),
    default_match: is.text('Value where no row matches.').optional(),
    case_sensitive_match: is.looseFlag('Whether letter case counts.').optional(),
    ...matches,
  },
  'Lookup, security_content generation 1.',
);

const typed = {
  lookup_type: is.oneOf(['csv', 'kvstore', 'mlmodel'], 'Where the rows are.'),
  match_type: is
    .list(
      z
        .string({ error: 'a text' })
        .regex(/^(WILDCARD|CIDR)\(.+\)$/, { error: '`WILDCARD(field)` or `CIDR(field)`' })
        .meta({ description: 'How one field matches.' }),
      'How fields match.',
    )
    .optional(),
  default_match: is.text('Value where no row matches.').optional(),
  case_sensitive_match: is.flag('Whether letter case counts.').optional(),
  fields: is.texts('Fields of the collection; the first is `_key`.').optional(),
  ...matches,
};

export const lookupG2 = is.object(
  { ...is.datedHead, ...typed, status: is.text('Maturity.').optional() },
  'Lookup, security_content generation 2.',
);

export const lookupG3 = is.object({ ...is.trackedHead, ...typed }, 'Lookup, security_content generation 3.');

export type LookupG1 = z.infer<typeof lookupG1>;
export type LookupG2 = z.infer<typeof lookupG2>;
export type LookupG3 = z.infer<typeof lookupG3>;
