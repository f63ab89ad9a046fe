/** Follows fields through commands that make one row of each row: what a later condition asks of the event itself. */
import type { EvalStage, RenameStage, RexStage, Stage } from '../../spl/syntax/ast.ts';
import { type FieldSource, itself, type Origin } from './needs-of-values.ts';
import { anyOf, namesOf, originOfEval } from './origin-of-eval.ts';

export class MadeFields {
  private readonly made = new Map<string, Origin | undefined>();

  /** `event`: where fields are found that no command has made. */
  constructor(private readonly event: FieldSource) {}

  readonly source: FieldSource = (name) => (this.made.has(name) ? this.made.get(name) : this.event(name));

  /** False where rows after the command cannot be told from those before. */
  pass(stage: Stage): boolean {
    if (stage.kind !== 'command') return false;
    switch (stage.shape) {
      case 'eval':
        return this.assign(stage) && this.keepsText();
      case 'rename':
        return this.rename(stage) && this.keepsText();
      case 'rex':
        return this.extract(stage) && this.keepsText();
      // A field that is dropped meets no condition.
      case 'fields':
        return true;
      default:
        return false;
    }
  }

  /** Words of a search stand in the event's own text. */
  private keepsText(): boolean {
    return !this.made.has('_raw');
  }

  private assign({ name, assignments }: EvalStage): boolean {
    if (name !== 'eval') return true;
    for (const { target, expr, macro } of assignments) {
      if (target.dynamic || macro !== undefined) return false;
      this.made.set(target.name, originOfEval(expr, this.source));
    }
    return true;
  }

  private rename({ pairs }: RenameStage): boolean {
    const renamed = pairs.map(({ from, to = from, macro }) => ({ from: from.name, to: to.name, macro }));
    if (renamed.some(({ from, to, macro }) => macro !== undefined || from.includes('*') || to.includes('*')))
      return false;
    const origins = renamed.map(({ from }) => this.source(from));
    for (const { from } of renamed) this.made.set(from, undefined);
    for (const [at, { to }] of renamed.entries()) this.made.set(to, origins[at]);
    return true;
  }

  /** Without a match fields stay as they are. */
  private extract({ pattern, options }: RexStage): boolean {
    const option = (name: string) => options.find((one) => one.name === name)?.value.value;
    const field = option('field');
    // `_raw` is put together from fields where an event has none.
    const read = field === undefined || field === '_raw' ? undefined : this.source(field);
    if (option('mode') === 'sed') {
      if (field === undefined) return false;
      this.made.set(field, read && { from: [], within: [], madeOf: namesOf(read) });
      return true;
    }
    const within = read && {
      from: [],
      within: [...read.from, ...read.within],
      madeOf: [...(read.objects ?? []), ...(read.madeOf ?? [])],
    };
    for (const [, name] of pattern.value.matchAll(/\(\?(?:P?<|')(\w+)/g))
      this.made.set(name!, anyOf([this.source(name!), within]));
    const offset = option('offset_field');
    if (offset !== undefined) this.made.set(offset, undefined);
    return true;
  }
}

/** Fields of the events that `from` hands over as they are, and of the one object that SPL2's functions make of each. */
export const asObjects: FieldSource = (name) =>
  name === 'input_event' ? { from: [name], within: [], all: true } : itself(name);
