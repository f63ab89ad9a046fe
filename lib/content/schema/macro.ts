import type { z } from 'zod';
import * as is from './common.ts';

const body = {
  definition: is.text('What a call is replaced with; `$name$` stands for an argument.'),
  arguments: is.texts('Names of the arguments.').optional(),
};

/** Generations 1 and 2; the head is optional there. */
export const macro = is.object(
  {
    name: is.datedHead.name,
    ...body,
    description: is.datedHead.description.optional(),
    id: is.datedHead.id.optional(),
    version: is.datedHead.version.optional(),
    date: is.datedHead.date.optional(),
    author: is.datedHead.author.optional(),
    status: is.text('Maturity.').optional(),
  },
  'Macro, security_content generations 1 and 2.',
);

export const macroG3 = is.object({ ...is.trackedHead, ...body }, 'Macro, security_content generation 3.');

export type MacroFile = z.infer<typeof macro>;
export type MacroFileG3 = z.infer<typeof macroG3>;
