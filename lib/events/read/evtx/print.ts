import type { Instance, Plan } from './plan.ts';

/** What fills the gaps of a plan; ids are those of its substitutions. */
export interface Filling {
  absent(id: number): boolean;
  /** Members of an array; undefined for any other value. */
  members(id: number): readonly string[] | undefined;
  print(id: number, attribute: boolean, out: string[]): void;
  instance(instance: Instance, out: string[]): void;
}

export const escapeText = (text: string): string =>
  /[&<>]/.test(text) ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : text;

export const escapeAttribute = (text: string): string =>
  /[&<>'"]/.test(text) ? escapeText(text).replace(/'/g, '&apos;').replace(/"/g, '&quot;') : text;

/** Adds the text of the plan, filled, to `out`. */
export function print(plan: Plan, filling: Filling, out: string[]): void {
  for (const piece of plan) {
    if (typeof piece === 'string') out.push(piece);
    else if (piece.kind === 'value') filling.print(piece.id, piece.attribute, out);
    else if (piece.kind === 'instance') filling.instance(piece, out);
    else if (piece.kind === 'attribute') {
      if (filling.absent(piece.id)) continue;
      out.push(` ${piece.name}='`);
      filling.print(piece.id, true, out);
      out.push("'");
    } else {
      const members = filling.members(piece.id);
      // `<Data>a</Data><Data>b</Data>` for an array of two.
      for (let n = 0; n < (members?.length ?? 1); n++) {
        print(piece.open, filling, out);
        if (members === undefined) filling.print(piece.id, false, out);
        else out.push(escapeText(members[n] ?? ''));
        out.push(piece.close);
      }
    }
  }
}
