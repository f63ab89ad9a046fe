/** Sum and average of eval: over the numbers among their arguments, members of lists counted one by one. */
import { toList, toNumber, type Value } from '../value/value.ts';
import { type FunctionTable, ofValues } from './define.ts';

function numbersIn(values: readonly Value[]): number[] {
  return values.flatMap((value) => toList(value)).flatMap((member) => toNumber(member) ?? []);
}

export const SUMS: FunctionTable = {
  sum: ofValues([1, Infinity], 'number', (values) => {
    const numbers = numbersIn(values);
    return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b);
  }),
  avg: ofValues([1, Infinity], 'number', (values) => {
    const numbers = numbersIn(values);
    return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b) / numbers.length;
  }),
};
