/** Follows the keys of a grouping through commands that make one row of each row, whatever other rows there are. */
import { readByEval } from '../../spl/plan/optimise.ts';
import { captureWildcard } from '../../spl/run/regex/wildcard.ts';
import { fieldFlow } from '../../spl/syntax/analyse-fields.ts';
import type { CommandStage, EvalStage, RenameStage } from '../../spl/syntax/ast.ts';

export class KeyNames {
  /** Every group has these. */
  private readonly keys: Set<string>;
  /** Other fields that the keys alone decide. */
  private readonly made = new Set<string>();
  /** Fields that a group has of its own. */
  private readonly own: Set<string>;

  constructor(keys: readonly string[], others: readonly string[]) {
    this.keys = new Set(keys);
    this.own = new Set(others);
  }

  /** The keys decide the field, be it that it is absent. */
  known(name: string): boolean {
    return !this.own.has(name);
  }

  /** What of the command there is to do for the keys; undefined where it is not one that makes one row of each row. */
  pass(stage: CommandStage): CommandStage[] | undefined {
    switch (stage.shape) {
      case 'eval':
        return stage.name === 'eval' ? this.assign(stage) : undefined;
      case 'rename':
        return this.rename(stage);
      case 'convert':
        return stage.functions.some(({ macro, field }) => macro !== undefined || field.name.includes('*'))
          ? undefined
          : this.write(stage);
      case 'rex':
        return this.makes(stage);
      case 'lookup':
        return stage.output === undefined ? undefined : this.makes(stage);
      case 'regex':
        return stage.field === undefined || stage.field.name.startsWith('_') ? undefined : this.test(stage);
      case 'fields':
        return stage.fields.some(({ name }) => name.includes('*')) ? undefined : [stage];
      default:
        return undefined;
    }
  }

  private test(stage: CommandStage): CommandStage[] {
    return fieldFlow(stage).reads.every((name) => this.known(name)) ? [stage] : [];
  }

  /** Commands whose result may hang on whether any row has their field already. */
  private makes(stage: CommandStage): CommandStage[] | undefined {
    const { reads, writes } = fieldFlow(stage);
    if (reads.includes('_raw')) return undefined;
    return writes.some((name) => this.sets.some((set) => set.has(name))) ? undefined : this.write(stage);
  }

  private write(stage: CommandStage): CommandStage[] {
    const { reads, writes } = fieldFlow(stage);
    const known = reads.every((name) => this.known(name));
    for (const name of writes) this.set(name, known);
    return known ? [stage] : [];
  }

  private assign(stage: EvalStage): CommandStage[] | undefined {
    const kept: CommandStage[] = [];
    for (const assignment of stage.assignments) {
      const { target, expr, macro } = assignment;
      const read = readByEval(expr);
      if (target.dynamic || macro !== undefined || read === undefined) return undefined;
      const known = [...read].every((name) => this.known(name));
      this.set(target.name, known);
      if (known) kept.push({ ...stage, assignments: [assignment] });
    }
    return kept;
  }

  private get sets(): readonly Set<string>[] {
    return [this.keys, this.made, this.own];
  }

  private set(name: string, known: boolean): void {
    for (const set of this.sets) set.delete(name);
    (known ? this.made : this.own).add(name);
  }

  private rename(stage: RenameStage): CommandStage[] | undefined {
    for (const { from, to = from, macro } of stage.pairs) {
      if (macro !== undefined) return undefined;
      if (!from.name.includes('*')) {
        this.move([[from.name, to.name]]);
        continue;
      }
      const matching = (name: string) => !name.startsWith('_') && captureWildcard(from.name, name);
      // A wildcard leaves a field alone that no row has. Every group has its keys, of other fields that is not known.
      if ([...this.own, ...this.made].some(matching)) return undefined;
      const moves = [...this.keys].flatMap((name): [string, string][] => {
        const captures = matching(name);
        if (!captures) return [];
        let next = 0;
        return [[name, to.name.replace(/\*/g, () => captures[next++] ?? '')]];
      });
      this.move(moves);
    }
    return [stage];
  }

  private move(moves: readonly (readonly [string, string])[]): void {
    const held = moves.map(([from]) => this.sets.filter((set) => set.delete(from)));
    for (const [at, [, to]] of moves.entries()) {
      const [set] = held[at]!;
      if (set === undefined) continue;
      for (const other of this.sets) other.delete(to);
      set.add(to);
    }
  }
}
