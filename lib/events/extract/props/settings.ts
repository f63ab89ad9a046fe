/** Which settings of `props.conf` hold for an input: stanzas for its source, its host and its source type, one over the other. */

import type { Stanza } from './conf.ts';

/** What stanzas are chosen by. */
export interface Input {
  source?: string;
  host?: string;
  sourcetype?: string;
}

/** Priority of a stanza without `priority`, by whether it names one input or a pattern. */
const LITERAL_PRIORITY = 100;
const PATTERN_PRIORITY = 0;

/** `...` stands for anything, `*` for anything within one part of a path; `|` and parentheses choose. */
function matcher(text: string): RegExp | undefined {
  const source = text.replace(/\.\.\.|\*|[\\^$+?.{}[\]]/g, (token) =>
    token === '...' ? '.*' : token === '*' ? '[^/\\\\]*' : `\\${token}`,
  );
  try {
    return new RegExp(`^(?:${source})$`, 's');
  } catch {
    return undefined;
  }
}

const isPattern = (text: string): boolean => /\.\.\.|[*|()]/.test(text);

interface Candidate {
  name: string;
  priority: number;
  settings: Stanza;
}

function candidates(stanzas: ReadonlyMap<string, Stanza>, prefix: string, value: string): Candidate[] {
  const found: Candidate[] = [];
  for (const [name, settings] of stanzas) {
    if (!name.startsWith(prefix) || (prefix === '' && name.includes('::'))) continue;
    const text = name.slice(prefix.length);
    const holds = isPattern(text) ? matcher(text)?.test(value) === true : text === value;
    const usual = isPattern(text) ? PATTERN_PRIORITY : LITERAL_PRIORITY;
    if (holds) found.push({ name, priority: Number(settings.get('priority') ?? usual), settings });
  }
  // The strongest first. Between equals the name that comes first in ASCII order counts.
  return found.sort((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1));
}

/**
 * Settings in force. They are merged one by one: a source's stanza wins over the host's, that over the source type's,
 * that over `[default]` and what stands before the first stanza.
 */
export function settingsFor(stanzas: ReadonlyMap<string, Stanza>, input: Input): Stanza {
  const layers = [
    ...candidates(stanzas, 'source::', input.source ?? ''),
    ...candidates(stanzas, 'host::', input.host ?? ''),
    ...candidates(stanzas, '', input.sourcetype ?? ''),
  ].map(({ settings }) => settings);
  const merged = new Map([...(stanzas.get('') ?? []), ...(stanzas.get('default') ?? [])]);
  for (const settings of layers.reverse()) for (const [key, value] of settings) merged.set(key, value);
  return merged;
}
