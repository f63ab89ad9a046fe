/** Worker side of the browser measurement: fetches one input whole, then reads it, alone and with all fields. */

import { type Measured, measure } from './events.measure.ts';

self.onmessage = async (event: MessageEvent<{ path: string; times: number }>) => {
  const bytes = new Uint8Array(await (await fetch(event.data.path)).arrayBuffer());
  const results: Measured[] = [];
  for (const fields of [false, true]) {
    let best: Measured | undefined;
    for (let n = 0; n < event.data.times; n++) {
      const measured = await measure(bytes, fields);
      if (best === undefined || measured.seconds < best.seconds) best = measured;
    }
    if (best !== undefined) results.push(best);
  }
  self.postMessage(results);
};
