/**
 * Search-time extraction as `props.conf` and `transforms.conf` describe it, in Splunk's order: EXTRACT, REPORT, automatic
 * key-value (KV_MODE), FIELDALIAS, EVAL, LOOKUP; within each, by the name of the class. Facts: props.conf and
 * transforms.conf specifications, and captures of Splunk 10.4.
 */

import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { FieldMap, FieldValue } from '../../record.ts';
import { jsonFields } from '../json-fields.ts';
import { cleanKey, kvFields } from '../kv-fields.ts';
import { isOn, pattern, type Stanza } from './conf.ts';
import { xmlAutoFields } from './xml-auto.ts';

type Fields = Map<string, FieldValue>;
type Rule = (fields: Fields, raw: string) => void;

/** What the rules need from elsewhere. Without it, the settings that need it are said and left out. */
export interface PropsEnvironment {
  /** An eval expression over an event's fields; undefined for null. */
  evaluate?: (expression: string, fields: FieldMap) => FieldValue | undefined;
  /** A look-up as `LOOKUP-x` writes it; gives the fields to set. */
  lookup?: (specification: string, fields: FieldMap) => FieldMap;
}

export interface SearchTime {
  /** Fields of an event's text; `given` are fields that it has before (indexed ones). */
  extract(raw: string, given?: FieldMap): Map<string, FieldValue>;
  diagnostics: Diagnostic[];
}

const textOf = (fields: FieldMap, raw: string, name: string): string | undefined => {
  if (name === '_raw') return raw;
  const value = fields.get(name);
  return typeof value === 'object' ? value[0] : value;
};

function set(fields: Fields, name: string, value: string | undefined, add: boolean): void {
  if (name === '' || value === undefined || value === '') return;
  const known = fields.get(name);
  if (known === undefined) fields.set(name, value);
  else if (add) fields.set(name, typeof known === 'string' ? [known, value] : [...known, value]);
}

/** `EXTRACT-class = pattern [in field]`: named groups become fields; a group that did not take part makes none. */
function extractRule(value: string, say: (message: string) => void): Rule | undefined {
  const match = /^(.*?)(?:\s+in\s+([A-Za-z_][\w.]*))?$/s.exec(value);
  const found = pattern(match?.[1] ?? value);
  if (found === undefined) {
    say(`The pattern cannot be used here: ${value}`);
    return undefined;
  }
  const source = match?.[2] ?? '_raw';
  return (fields, raw) => {
    const text = textOf(fields, raw, source);
    const groups = text === undefined ? undefined : found.exec(text)?.groups;
    if (groups !== undefined) for (const name in groups) set(fields, name, groups[name], false);
  };
}

/** `"a", "b"` or bare words, as DELIMS and FIELDS list them. */
const quoted = (value: string): string[] =>
  [...value.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s,"]+)/g)].map(([, text, bare]) =>
    (text ?? bare ?? '').replace(/\\t/g, '\t').replace(/\\(.)/g, '$1'),
  );

function delimitedRule(
  stanza: Stanza,
  delimiters: string[],
  clean: (key: string) => string,
  add: boolean,
): Rule {
  const [between = ',', within] = delimiters;
  const source = stanza.get('SOURCE_KEY') ?? '_raw';
  const names = quoted(stanza.get('FIELDS') ?? '');
  const cut = (text: string, characters: string): string[] => {
    const parts: string[] = [];
    let from = 0;
    for (let at = 0; at <= text.length; at++) {
      if (at < text.length && !characters.includes(text[at] ?? '')) continue;
      parts.push(text.slice(from, at));
      from = at + 1;
    }
    return parts;
  };
  return (fields, raw) => {
    const parts = cut(textOf(fields, raw, source) ?? '', between);
    if (within === undefined) {
      for (const [at, name] of names.entries()) set(fields, name, parts[at], add);
      return;
    }
    for (const part of parts) {
      const at = [...part].findIndex((char) => within.includes(char));
      if (at > 0) set(fields, clean(part.slice(0, at)), part.slice(at + 1), add);
    }
  };
}

function regexRule(
  stanza: Stanza,
  regex: string,
  clean: (key: string) => string,
  add: boolean,
): Rule | undefined {
  const source = stanza.get('SOURCE_KEY') ?? '_raw';
  const format = stanza.get('FORMAT');
  const found = pattern(regex, 'g');
  if (found === undefined) return undefined;
  const pairs = [...(format ?? '').matchAll(/(\S+?)::("[^"]*"|\S+)/g)].map(([, name = '', value = '']) => ({
    name,
    value: value.replace(/^"|"$/g, ''),
  }));
  // Names that come from the text ask for every match; a fixed name for the first one, unless values are added up.
  const every = pairs.some(({ name }) => name.includes('$')) || add;
  const fill = (template: string, match: RegExpMatchArray) =>
    template.replace(/\$(\d+)/g, (_whole, digits) => (digits === '0' ? '' : (match[Number(digits)] ?? '')));
  return (fields, raw) => {
    const text = textOf(fields, raw, source);
    if (text === undefined) return;
    for (const match of text.matchAll(found)) {
      for (const { name, value } of pairs) set(fields, clean(fill(name, match)), fill(value, match), add);
      if (format === undefined) for (const name in match.groups) set(fields, name, match.groups[name], add);
      if (!every) return;
    }
  };
}

function reportRule(stanza: Stanza): Rule | undefined {
  const clean = isOn(stanza.get('CLEAN_KEYS'), true) ? cleanKey : (key: string) => key;
  const add = isOn(stanza.get('MV_ADD'), false);
  const delimiters = stanza.get('DELIMS');
  if (delimiters !== undefined) return delimitedRule(stanza, quoted(delimiters), clean, add);
  const regex = stanza.get('REGEX');
  return regex === undefined ? undefined : regexRule(stanza, regex, clean, add);
}

function automatic(props: Stanza): Rule {
  const mode = (props.get('KV_MODE') ?? 'auto').toLowerCase();
  const asJson = mode === 'json' || (mode === 'auto' && isOn(props.get('AUTO_KV_JSON'), true));
  return (fields, raw) => {
    const found: Fields = new Map();
    if (asJson && /^\s*\{/.test(raw)) {
      try {
        jsonFields(JSON.parse(raw), found);
      } catch {
        // Text that only looks like JSON has its pairs extracted, if any.
      }
    }
    if (mode === 'auto' || mode === 'auto_escaped') kvFields(raw, found);
    else if (mode === 'xml') xmlAutoFields(raw, found);
    for (const [name, value] of found) if (!fields.has(name)) fields.set(name, value);
  };
}

function aliasRule(value: string): Rule {
  const aliases = [...value.matchAll(/("[^"]+"|\S+)\s+(ASNEW|AS)\s+("[^"]+"|\S+)/gi)].map(
    ([, from = '', kind = '', to = '']) => ({
      from: from.replace(/"/g, ''),
      to: to.replace(/"/g, ''),
      onlyNew: kind.toUpperCase() === 'ASNEW',
    }),
  );
  return (fields) => {
    for (const { from, to, onlyNew } of aliases) {
      const found = fields.get(from);
      if (found !== undefined && !(onlyNew && fields.has(to))) fields.set(to, found);
    }
  };
}

/** Settings of one stanza with a class, such as `EXTRACT-a`, in the order in which Splunk runs them. */
export const classes = (props: Stanza, kind: string): [string, string][] =>
  [...props]
    .filter(([key]) => key.startsWith(`${kind}-`))
    .map(([key, value]): [string, string] => [key.slice(kind.length + 1), value])
    .sort(([a], [b]) => (a < b ? -1 : 1));

/** Makes the rules of one stanza ready. What cannot be honoured is in `diagnostics`. */
export function searchTime(
  props: Stanza,
  transforms: ReadonlyMap<string, Stanza> = new Map(),
  environment: PropsEnvironment = {},
): SearchTime {
  const diagnostics: Diagnostic[] = [];
  const say = (code: string, message: string) => diagnostics.push({ code, severity: 'warning', message });
  const rules: Rule[] = [];
  const keep = (rule: Rule | undefined) => {
    if (rule !== undefined) rules.push(rule);
  };
  for (const [name, value] of classes(props, 'EXTRACT'))
    keep(extractRule(value, (message) => say('props-pattern', `EXTRACT-${name}: ${message}`)));
  for (const [name, value] of classes(props, 'REPORT')) {
    for (const stanza of value.split(',').map((part) => part.trim())) {
      const found = transforms.get(stanza);
      if (found === undefined)
        say(
          'props-transform-missing',
          `REPORT-${name} names ${stanza}, which transforms.conf does not have.`,
        );
      const rule = found === undefined ? undefined : reportRule(found);
      if (found !== undefined && rule === undefined)
        say('props-pattern', `The transform ${stanza} has no pattern that can be used here.`);
      keep(rule);
    }
  }
  keep(automatic(props));
  for (const [, value] of classes(props, 'FIELDALIAS')) keep(aliasRule(value));
  const calculations = classes(props, 'EVAL');
  const { evaluate, lookup } = environment;
  if (calculations.length > 0 && evaluate === undefined)
    say(
      'props-eval',
      'EVAL settings need an expression evaluator; none was given, so their fields are absent.',
    );
  if (evaluate !== undefined && calculations.length > 0) {
    keep((fields) => {
      // All expressions see the fields as they were: one cannot use what another gives.
      const before: FieldMap = new Map(fields);
      for (const [name, expression] of calculations) {
        const value = evaluate(expression, before);
        if (value === undefined) fields.delete(name);
        else fields.set(name, value);
      }
    });
  }
  for (const [name, specification] of classes(props, 'LOOKUP')) {
    if (lookup === undefined)
      say('props-lookup', `LOOKUP-${name} needs a look-up table; none was given, so its fields are absent.`);
    else {
      keep((fields) => {
        for (const [field, value] of lookup(specification, fields)) fields.set(field, value);
      });
    }
  }
  return {
    diagnostics,
    extract(raw, given = new Map()) {
      const fields: Fields = new Map(given);
      for (const rule of rules) rule(fields, raw);
      return fields;
    },
  };
}
