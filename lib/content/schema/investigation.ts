import type { z } from 'zod';
import * as is from './common.ts';

/** Generations 1 and 2; the third has none. */
export const investigation = is.object(
  {
    ...is.datedHead,
    type: is.oneOf(['Investigation'], 'Always `Investigation`.'),
    status: is.text('Maturity.').optional(),
    datamodel: is.texts('Data models it reads.').optional(),
    search: is.filledText('The search, in SPL.'),
    how_to_implement: is.text('What must be in place. Markdown.'),
    known_false_positives: is.text('What to be careful of. Markdown.').optional(),
    references: is.references.optional(),
    tags: is.object(
      {
        analytic_story: is.texts('Names of the stories it belongs to.').optional(),
        product: is.filledList(is.text('Product.'), 'Products it is for.'),
        required_fields: is.texts('Fields that the search needs, kept by hand.').optional(),
        security_domain: is.oneOf(is.domains, 'Domain in Enterprise Security.'),
        cve: is.list(is.cveId('CVE.'), 'Vulnerabilities it is about.').optional(),
      },
      'Annotations.',
    ),
  },
  'Investigation, security_content generations 1 and 2.',
);

export type InvestigationFile = z.infer<typeof investigation>;
