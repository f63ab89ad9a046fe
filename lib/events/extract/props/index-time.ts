/**
 * What happens to text on its way into an index, as `props.conf` and `transforms.conf` describe it, in Splunk's order:
 * lines are broken and cut off, joined to events, given a time, rewritten (SEDCMD, then TRANSFORMS) and annotated
 * (`punct`). Facts: the specifications of both files, and captures of Splunk 10.4.
 */

import type { Diagnostic } from '../../../text/diagnostic.ts';
import { punctOf } from '../../default-fields.ts';
import type { FieldValue } from '../../record.ts';
import { isOn, type Stanza } from './conf.ts';
import { type Evaluate, type IndexedEvent, type IndexRule, indexTransform } from './index-transforms.ts';
import { breakEvents } from './line-breaking.ts';
import { classes } from './search-time.ts';
import type { Input } from './settings.ts';
import { structuredEvents } from './structured.ts';
import { type TimeReader, timestampReader } from './timestamp.ts';

/** What the rules need from elsewhere. Without it, the settings that need it are said and left out. */
export interface IndexEnvironment {
  evaluate?: Evaluate;
  times?: TimeReader;
  /** Makes a sed script ready; undefined where it cannot be used. */
  sed?: (script: string) => ((text: string) => string) | undefined;
  /** Time of events that state none and follow none that does. Epoch seconds. */
  now?: number;
}

export interface IndexTime {
  events(text: string, input?: Input & { index?: string }): IndexedEvent[];
  diagnostics: Diagnostic[];
}

/** Makes the index-time settings of one stanza ready. What cannot be honoured is in `diagnostics`. */
export function indexTime(
  props: Stanza,
  transforms: ReadonlyMap<string, Stanza> = new Map(),
  environment: IndexEnvironment = {},
): IndexTime {
  const diagnostics: Diagnostic[] = [];
  const say = (code: string, message: string) => {
    if (!diagnostics.some((known) => known.message === message))
      diagnostics.push({ code, severity: 'warning', message });
  };
  const sayTime = (message: string) => say('props-time', message);
  const timeOf = timestampReader(props, environment.times, sayTime);
  const rules: IndexRule[] = [];
  for (const [name, script] of classes(props, 'SEDCMD')) {
    const rewrite = environment.sed?.(script);
    if (rewrite === undefined) say('props-sed', `SEDCMD-${name} cannot be used here: ${script}`);
    else
      rules.push((event) => {
        event.raw = rewrite(event.raw);
        return true;
      });
  }
  for (const [name, value] of classes(props, 'TRANSFORMS')) {
    for (const stanza of value.split(',').map((part) => part.trim())) {
      const found = transforms.get(stanza);
      if (found === undefined) {
        const message = `TRANSFORMS-${name} names ${stanza}, which transforms.conf does not have.`;
        say('props-transform-missing', message);
        continue;
      }
      const rule = indexTransform(stanza, found, environment.evaluate, (message) =>
        say('props-transform', message),
      );
      if (rule !== undefined) rules.push(rule);
    }
  }
  const withPunct = isOn(props.get('ANNOTATE_PUNCT'), true);
  const timeFields = props.get('TIMESTAMP_FIELDS')?.split(',');
  const broken = (text: string) =>
    breakEvents(
      text,
      props,
      (line) => timeOf(line) !== null,
      (message) => say('props-pattern', message),
    );

  return {
    diagnostics,
    events(text, input = {}) {
      const structured = structuredEvents(text, props, () => broken(text).map(({ raw }) => raw));
      const pieces: { raw: string; fields?: Map<string, FieldValue>; truncated?: boolean }[] =
        structured ?? broken(text);
      const events: IndexedEvent[] = [];
      let time: number | null = null;
      for (const { raw, fields = new Map<string, FieldValue>(), truncated } of pieces) {
        if (truncated === true) fields.set('meta', 'truncated');
        const stated = timeFields?.map((name) => fields.get(name.trim()) ?? '').join(' ') ?? raw;
        // An event without a time has that of the one before it.
        time = timeOf(stated) ?? time ?? environment.now ?? null;
        const { host = '', source = '', sourcetype = '', index = 'main' } = input;
        const event: IndexedEvent = { raw, time, host, source, sourcetype, index, fields };
        if (!rules.every((rule) => rule(event))) continue;
        if (withPunct) fields.set('punct', punctOf(event.raw));
        events.push(event);
      }
      return events;
    },
  };
}
