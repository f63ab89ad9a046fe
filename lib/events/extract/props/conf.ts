/** Text of `props.conf` and `transforms.conf`: stanzas of `KEY = value`, `#` comments, lines continued by a backslash. */

export type Stanza = ReadonlyMap<string, string>;

/** Stanzas by name; what stands before the first `[name]` is under `''`. A later value of a key wins. */
export function parseConf(text: string): Map<string, Stanza> {
  const stanzas = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  stanzas.set('', current);
  const lines = text.replace(/\\\r?\n/g, '\n\u0000').split('\n');
  let key: string | undefined;
  for (const line of lines) {
    if (line.startsWith('\u0000')) {
      if (key !== undefined) current.set(key, `${current.get(key) ?? ''}\n${line.slice(1)}`);
      continue;
    }
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const name = /^\[(.*)\]$/.exec(trimmed)?.[1];
    if (name !== undefined) {
      current = stanzas.get(name) === undefined ? new Map() : (stanzas.get(name) as Map<string, string>);
      stanzas.set(name, current);
      continue;
    }
    const equals = trimmed.indexOf('=');
    if (equals < 0) continue;
    key = trimmed.slice(0, equals).trim();
    current.set(key, trimmed.slice(equals + 1).trim());
  }
  return stanzas;
}

/** A setting that is on or off; Splunk takes several words for each. */
export function isOn(value: string | undefined, otherwise: boolean): boolean {
  return value === undefined ? otherwise : /^(?:1|t|true|y|yes|on)$/i.test(value);
}

/** A pattern in Splunk's notation (PCRE); undefined when JavaScript cannot express it. */
export function pattern(source: string, flags = ''): RegExp | undefined {
  let text = source.replace(/\(\?P</g, '(?<').replace(/(?<!\\)([+*?}])\+/g, '$1');
  const inline = /^\(\?([a-z]+)\)/.exec(text);
  if (inline !== null) text = text.slice(inline[0].length);
  const own = [...(inline?.[1] ?? '')].filter((flag) => 'ims'.includes(flag)).join('');
  try {
    return new RegExp(text, [...new Set(own + flags)].join(''));
  } catch {
    return undefined;
  }
}
