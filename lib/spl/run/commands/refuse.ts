import type { Stage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';

/** Says at a stage why the search cannot go on. */
export function refuse(stage: Stage): never {
  if (stage.kind === 'macro-stage') {
    throw new RunStop(
      'macro-not-expanded',
      `The macro \`${stage.call.name}\` has no definition; add it to the run's macros`,
      stage.range,
    );
  }
  const { name } = stage;
  if (stage.kind === 'opaque' && !stage.unknownCommand) {
    throw new RunStop('stage-not-understood', `The arguments of \`${name}\` could not be read`, stage.range);
  }
  throw new RunStop(
    'command-unsupported',
    `The command \`${name}\` cannot run here, so the search stops before it`,
    stage.range,
  );
}
