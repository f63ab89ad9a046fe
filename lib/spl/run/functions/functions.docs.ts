/** Words for the support page: what each eval function does, what that rests on, and an example that is run as a test. */
import { CONDITIONAL_DOCS } from './conditional.docs.ts';
import { CONVERSION_DOCS } from './convert.docs.ts';
import { DIGEST_DOCS } from './digest.docs.ts';
import { JSON_DOCS } from './json.docs.ts';
import { MULTIVALUE_DOCS } from './multivalue.docs.ts';
import { NUMBER_DOCS } from './number.docs.ts';
import { SPL2_DOCS } from './spl2.docs.ts';
import { TEXT_DOCS } from './text.docs.ts';
import { TIME_DOCS } from './time.docs.ts';

/** `gold`: captured from Splunk; `docs`: documented; `impl`: as another implementation; `assumed`: our reading. */
export type Evidence = 'gold' | 'docs' | 'impl' | 'assumed';

export interface FunctionDocs {
  /** The call with its arguments named. */
  readonly usage: string;
  readonly summary: string;
  readonly evidence: Evidence;
  /** Page of the search reference, under `evaluation-functions/`. */
  readonly page?: string;
  /** An expression, the fields it reads, and its value. Absent where it takes more than a row to show. */
  readonly example?: {
    readonly expr: string;
    readonly row?: { readonly [field: string]: string | number | readonly (string | number)[] };
    readonly expected: string | number | boolean | null | readonly (string | number)[];
  };
}

/** Where the reference pages named in `page` stand. */
export const FUNCTION_PAGES =
  'https://help.splunk.com/splunk-enterprise/spl-search-reference/10.0/evaluation-functions/';

export const FUNCTION_DOCS: { readonly [name: string]: FunctionDocs } = {
  ...CONDITIONAL_DOCS,
  ...CONVERSION_DOCS,
  ...TEXT_DOCS,
  ...NUMBER_DOCS,
  ...MULTIVALUE_DOCS,
  ...TIME_DOCS,
  ...JSON_DOCS,
  ...DIGEST_DOCS,
  ...SPL2_DOCS,
};

/** Functions that only SPL2 searches have. */
export const SPL2_ONLY: ReadonlySet<string> = new Set(Object.keys(SPL2_DOCS));
