import type { z } from 'zod';
import * as is from './common.ts';

export const playbook = is.object(
  {
    ...is.datedHead,
    status: is.text('Maturity.').optional(),
    type: is.text('What it is for: Investigation, Response.'),
    playbook: is.text('Stem of its files in SOAR.'),
    how_to_implement: is.text('What must be in place. Markdown.'),
    references: is.references.optional(),
    app_list: is.texts('Apps of SOAR that it needs.').optional(),
    tags: is.object(
      {
        platform_tags: is.texts('Labels.').optional(),
        playbook_type: is.text('`Input` or `Automation`.'),
        vpe_type: is.text('`Modern` or `Classic`.'),
        playbook_fields: is.texts('Fields it takes.').optional(),
        playbook_outputs: is.texts('Fields it gives.').optional(),
        product: is.filledList(is.text('Product.'), 'Products it is for.'),
        use_cases: is.texts('Use cases.').optional(),
        defend_technique_id: is.texts('D3FEND techniques.').optional(),
        analytic_story: is.texts('Names of the stories it belongs to.').optional(),
        detections: is.texts('Names of the detections it answers.').optional(),
        labels: is.texts('Labels of events it runs on.').optional(),
      },
      'Facets.',
    ),
  },
  'Playbook, security_content generations 1 and 2.',
);

export type PlaybookFile = z.infer<typeof playbook>;
