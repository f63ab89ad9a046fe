/** Date and time functions. `now()` and `time()` are both the pinned time of the run, so that results repeat. */
import { strftime } from '../time/format.ts';
import { applyTimeModifier, parseTimeModifier } from '../time/modifier.ts';
import { isList, toNumber, toText } from '../value/value.ts';
import { type EvalFunction, type FunctionTable, ofValues, special } from './define.ts';

const now: EvalFunction = special([0, 0], 'number', () => (_get, run) => run.now);

export const TIME: FunctionTable = {
  now,
  time: now,
  relative_time: ofValues([2, 2], 'number', ([time, text], run, site) => {
    const epoch = toNumber(time!);
    if (epoch === undefined || text === null || isList(text!)) return null;
    const modifier = parseTimeModifier(toText(text!), run.zone);
    if (modifier !== undefined) {
      const moved = applyTimeModifier(modifier, epoch, run.zone, run);
      return Number.isNaN(moved) ? null : moved;
    }
    const message = `${JSON.stringify(toText(text!))} is no time modifier; write one like \`-24h@h\`.`;
    run.note({ code: 'time-modifier', severity: 'warning', message, range: site.range });
    return null;
  }),
  strftime: ofValues([2, 2], 'text', ([time, format], run) => {
    const epoch = toNumber(time!);
    return epoch === undefined || format === null ? null : strftime(epoch, toText(format!), run.zone);
  }),
};
