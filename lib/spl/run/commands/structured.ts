import type { FieldListStage, SpathStage } from '../../syntax/ast.ts';
import { Column } from '../columns/column.ts';
import { mapColumn, overlay } from '../columns/derive.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import {
  decodeEntities,
  isObject,
  jsonScalar,
  readJson,
  readXml,
  spathValue,
  type XmlElement,
} from '../functions/path.ts';
import { type Output, same } from '../output.ts';
import { fromList, type Scalar, type Stored, toStored, toText } from '../value/value.ts';
import type { Command } from './command.ts';
import { expandNames, flagOption, textOption } from './options.ts';
import { inputColumn } from './rex.ts';

/** Fields found in a text, in the order met; several of one name make a multivalue. */
type Found = Map<string, Scalar[]>;

function put(found: Found, name: string, value: Scalar): void {
  const held = found.get(name);
  if (held === undefined) found.set(name, [value]);
  else held.push(value);
}

/** Sets what `read` finds in each distinct value of a column; rows where it finds nothing keep what they have. */
export function extractFields(input: Table, column: Column, read: (text: string) => Found): Output {
  const memo = new Map<number, Found>();
  const names = new Set<string>();
  const { codes, dictionary } = column;
  const none: Found = new Map();
  const rows = Array.from(codes, (code) => {
    if (code === 0) return none;
    let found = memo.get(code);
    if (found === undefined) {
      found = read(toText(dictionary.value(code)));
      memo.set(code, found);
      for (const name of found.keys()) names.add(name);
    }
    return found;
  });
  return same(
    input.with(
      [...names].map((name) => {
        const over = Column.interned(rows.map((found) => fromList(found.get(name) ?? [])));
        return [name, overlay(input.column(name), over)] as const;
      }),
    ),
  );
}

/** Only so much of a text is looked at without a path: `extraction_cutoff` of Splunk's `limits.conf`. */
const SPATH_CUTOFF = 5000;

/** Source: Search Reference, `spath`. */
export const spath: Command<SpathStage> = (stage, input, context) => {
  const field = textOption(stage, 'input') ?? '_raw';
  const column = inputColumn(input, field);
  if (column === undefined) return same(input);
  const path = stage.path?.value ?? textOption(stage, 'path');
  if (path !== undefined) {
    const target = textOption(stage, 'output') ?? path;
    const found = mapColumn(column, (value) =>
      value === null ? null : toStored(spathValue(toText(value), path)),
    );
    return same(input.with([[target, overlay(input.column(target), found)]]));
  }
  return extractFields(input, column, (text) => flattenText(text, stage, context));
};

function flattenText(text: string, stage: SpathStage, context: RunContext): Found {
  const found: Found = new Map();
  if (/^\s*</.test(text)) {
    for (const child of readXml(text).children) flattenXml(child, child.name, found);
    return found;
  }
  const parsed = readJson(text);
  if (parsed === undefined) return found;
  if (text.length > SPATH_CUTOFF) {
    context.note(
      'spath-cutoff',
      `Splunk's \`spath\` reads the first ${SPATH_CUTOFF} characters of a text when it has no path; here all of it was read`,
      stage.range,
    );
  }
  flattenJson(parsed.json, '', found, context);
  return found;
}

function flattenJson(value: unknown, name: string, found: Found, context: RunContext): void {
  if (Array.isArray(value)) {
    for (const member of value as unknown[]) flattenJson(member, `${name}{}`, found, context);
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      flattenJson(member, name === '' ? key : `${name}.${key}`, found, context);
    }
  } else if (value === null) {
    context.rests('spathNull');
    if (context.compat.spathNull === 'text' && name !== '') put(found, name, 'null');
  } else {
    const scalar = jsonScalar(value);
    if (scalar !== undefined && name !== '') put(found, name, scalar);
  }
}

function flattenXml(element: XmlElement, name: string, found: Found): void {
  for (const [key, value] of element.attributes) put(found, `${name}{@${key}}`, value);
  if (element.children.length === 0) {
    const text = element.text.trim();
    if (text !== '') put(found, name, text);
  }
  for (const child of element.children) flattenXml(child, `${name}.${child.name}`, found);
}

/** Steps of a simple XPath: element names and `@attribute`, `//` anywhere. Predicates are left to the note below. */
export const xpath: Command<SpathStage> = (stage, input, context) => {
  const expression = stage.path?.value ?? '';
  const column = inputColumn(input, textOption(stage, 'field') ?? '_raw');
  const steps = /^(\/\/?[\w.:@*-]+)+(?:\/text\(\))?$/.test(expression) ? expression : undefined;
  if (column === undefined || steps === undefined) {
    if (steps === undefined) {
      context.note(
        'xpath-unsupported',
        `\`${expression}\` uses more of XPath than names and attributes`,
        stage.range,
      );
    }
    return same(input);
  }
  const target = textOption(stage, 'outfield') ?? 'xpath';
  const parts = [...steps.matchAll(/(\/\/?)([^/()]+)(?:\(\))?/g)].map((part) => ({
    deep: part[1] === '//',
    name: part[2]!,
  }));
  const found = mapColumn(column, (value) => fromList(walk(readXml(toText(value)), parts)));
  return same(input.with([[target, overlay(input.column(target), found)]]));
};

function walk(root: XmlElement, parts: readonly { deep: boolean; name: string }[]): string[] {
  let current: XmlElement[] = [root];
  for (const { deep, name } of parts) {
    if (name === 'text') break;
    if (name.startsWith('@'))
      return current.flatMap((element) => element.attributes.get(name.slice(1)) ?? []);
    const pool = deep ? current.flatMap(descendants) : current.flatMap((element) => element.children);
    current = pool.filter((element) => name === '*' || element.name === name);
  }
  return current.map((element) => element.text.trim());
}

function descendants(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => [child, ...descendants(child)]);
}

/** `<key>value</key>` pairs of a text. Source: Search Reference, `xmlkv`. */
export const xmlkv: Command<FieldListStage> = (stage, input) => {
  const column = inputColumn(input, stage.fields[0]?.name ?? '_raw');
  if (column === undefined) return same(input);
  return extractFields(input, column, (text) => {
    const found: Found = new Map();
    for (const [, key, value] of text.matchAll(/<([\w.:-]+)(?:\s[^<>]*)?>([^<]*)<\/\1\s*>/g)) {
      found.set(key!, [decodeEntities(value!.trim())]);
    }
    return found;
  });
};

/** Top-level members of a JSON object become fields. Source: Search Reference, `fromjson`. */
export const fromjson: Command<FieldListStage> = (stage, input) => {
  const column = input.column(stage.fields[0]?.name ?? '');
  if (column === undefined) return same(input);
  const prefix = textOption(stage, 'prefix') ?? '';
  return extractFields(input, column, (text) => {
    const found: Found = new Map();
    const json = readJson(text)?.json;
    if (!isObject(json)) return found;
    for (const [key, value] of Object.entries(json)) {
      for (const member of Array.isArray(value) ? (value as unknown[]) : [value]) {
        const scalar = jsonScalar(member);
        if (scalar !== undefined) put(found, prefix + key, scalar);
      }
    }
    return found;
  });
};

/** Fields of each row as one JSON object, in `_raw` or `output_field`. */
export const tojson: Command<FieldListStage> = (stage, input) => {
  const listed = stage.fields.map((field) => field.name.replace(/^\w+\((.*)\)$/, '$1'));
  const names =
    listed.length > 0 ? expandNames(input, listed) : input.fields.filter((name) => !name.startsWith('_'));
  const values = Array.from({ length: input.size }, (_, row) => JSON.stringify(input.plainRow(row, names)));
  return same(input.with([[textOption(stage, 'output_field') ?? '_raw', Column.direct(values)]]));
};

function delimiterClass(text: string): string {
  return `[${text.replace(/[\\\]^-]/g, '\\$&')}]`;
}

/** `key=value` pairs of `_raw`, or with the delimiters given. Source: Search Reference, `extract`. */
export const extract: Command<FieldListStage> = (stage, input) => {
  const column = inputColumn(input, '_raw');
  if (column === undefined) return same(input);
  const pairs = textOption(stage, 'pairdelim');
  const keys = textOption(stage, 'kvdelim');
  const keep = flagOption(stage, 'mv_add', false);
  return extractFields(input, column, (text) => {
    const found: Found = new Map();
    const set = (key: string, value: string): void => {
      if (keep) put(found, key, value);
      else if (!found.has(key)) found.set(key, [value]);
    };
    if (pairs === undefined && keys === undefined) {
      for (const [, key, quoted, bare] of text.matchAll(
        /([\w.:{}-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]+))/g,
      )) {
        set(key!, quoted ?? bare ?? '');
      }
      return found;
    }
    const keyEnd = new RegExp(delimiterClass(keys ?? '='));
    for (const pair of text.split(new RegExp(delimiterClass(pairs ?? ',;\n')))) {
      const at = pair.search(keyEnd);
      if (at <= 0) continue;
      set(
        pair.slice(0, at).trim().replace(/^"|"$/g, ''),
        pair
          .slice(at + 1)
          .trim()
          .replace(/^"|"$/g, ''),
      );
    }
    return found;
  });
};

/** A table in `_raw` with a header line: one row per line. Source: Search Reference, `multikv`. */
export const multikv: Command<FieldListStage> = (_stage, input): Output => {
  const column = inputColumn(input, '_raw');
  if (column === undefined) return same(input);
  const rows: number[] = [];
  const found: Found[] = [];
  for (let row = 0; row < input.size; row += 1) {
    const lines = toText(column.value(row))
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '');
    const header = lines[0]?.trim().split(/\s{2,}|\t|\s+/) ?? [];
    if (lines.length < 2) {
      rows.push(row);
      found.push(new Map());
    }
    for (const line of lines.slice(1)) {
      const cells = line.trim().split(/\s{2,}|\t|\s+/);
      rows.push(row);
      found.push(new Map(header.map((name, i) => [name.replace(/\W/g, '_'), [cells[i] ?? '']])));
    }
  }
  const picks = Uint32Array.from(rows);
  const table = input.select(picks);
  const names = new Set(found.flatMap((entry) => [...entry.keys()]));
  const changes = [...names].map((name) => {
    const values: Stored[] = found.map((entry) => entry.get(name)?.[0] ?? null);
    return [name, overlay(table.column(name), Column.interned(values))] as const;
  });
  return { table: table.with(changes), origin: { kind: 'pick', rows: picks } };
};
