import type { FieldValue } from '../record.ts';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Replaces the five named and the numeric references; any other reference stays as it is written. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** As programs that dump a log have a value: its own characters, without blanks at the end. */
export const dumped = (value: string): string => unescapeXml(value).trimEnd();

const cleaned = new Map<string, string>();

/** `Product Name` → `Product_Name`: field names as the add-on's transforms clean them. */
export function cleanName(name: string): string {
  const known = cleaned.get(name);
  if (known !== undefined) return known;
  const clean = unescapeXml(name).replace(/[^A-Za-z0-9_]/g, '_');
  // Names come from logs: the memory for them is bounded.
  if (cleaned.size < 10_000) cleaned.set(name, clean);
  return clean;
}

type Fields = Map<string, FieldValue>;

function add(into: Fields, name: string, value: string): void {
  const known = into.get(name);
  if (known === undefined) into.set(name, value);
  else into.set(name, typeof known === 'string' ? [known, value] : [...known, value]);
}

/** Attributes of a tag's text, by name; either quote. */
function attributes(tag: string, each: (name: string, value: string) => void): void {
  let at = tag.indexOf(' ');
  while (at >= 0) {
    const equals = tag.indexOf('=', at);
    if (equals < 0) return;
    const quote = tag[equals + 1];
    if (quote !== "'" && quote !== '"') return;
    const end = tag.indexOf(quote, equals + 2);
    if (end < 0) return;
    each(tag.slice(at, equals).trim(), tag.slice(equals + 2, end));
    at = end + 1;
  }
}

/**
 * The text between `<name ...>` and `</name>`, looked for from `from` on, and where the element ends; to the end of the
 * text where the element is cut short.
 */
function inner(raw: string, name: string, from: number): { text: string; end: number } | undefined {
  const open = raw.indexOf(`<${name}`, from);
  if (open < 0) return undefined;
  const after = raw[open + name.length + 1];
  if (after !== '>' && after !== ' ') return undefined;
  const start = raw.indexOf('>', open) + 1;
  if (start === 0 || raw[start - 2] === '/') return undefined;
  const close = raw.indexOf(`</${name}>`, start);
  return { text: raw.slice(start, close < 0 ? raw.length : close), end: close < 0 ? raw.length : close };
}

/** `System`: each child's text under the child's name, each attribute under its own. */
function system(text: string, into: Fields): void {
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) return;
    const end = text.indexOf('>', open);
    if (end < 0) return;
    at = end + 1;
    if (text[open + 1] === '/') continue;
    const empty = text[end - 1] === '/';
    const tag = text.slice(open + 1, empty ? end - 1 : end);
    const space = tag.indexOf(' ');
    const name = space < 0 ? tag : tag.slice(0, space);
    if (space >= 0)
      attributes(
        tag,
        (attribute, value) => attribute !== 'xmlns' && value !== '' && into.set(attribute, value),
      );
    if (empty) continue;
    const close = text.indexOf('<', at);
    const value = text.slice(at, close < 0 ? text.length : close);
    if (value !== '' && value.trim() !== '') into.set(name, value);
    at = close < 0 ? text.length : close;
  }
}

const NAMED_DATA = "<Data Name='";

/** `EventData`: `Data` by its `Name`; without one, all under `Data`; any other child under its own name. */
function eventData(text: string, into: Fields): void {
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) return;
    const end = text.indexOf('>', open);
    if (end < 0) return;
    at = end + 1;
    // What nearly every event is made of, without looking at attributes in general.
    if (text.startsWith(NAMED_DATA, open) && text[end - 1] === "'") {
      const close = text.indexOf('</Data>', at);
      const value = text.slice(at, close < 0 ? text.length : close);
      at = close < 0 ? text.length : close + 7;
      if (value !== '') add(into, cleanName(text.slice(open + NAMED_DATA.length, end - 1)), value);
      continue;
    }
    const first = text[open + 1];
    if (first === '/' || first === '!' || text[end - 1] === '/') continue;
    const tag = text.slice(open + 1, end);
    const space = tag.indexOf(' ');
    const element = space < 0 ? tag : tag.slice(0, space);
    let name = element;
    if (space >= 0) {
      const quote = tag[space + 6];
      if (tag.startsWith('Name=', space + 1) && (quote === "'" || quote === '"')) {
        const close = tag.indexOf(quote, space + 7);
        if (close > 0) name = unescapeXml(tag.slice(space + 7, close));
      } else {
        attributes(tag, (attribute, value) => {
          if (attribute === 'Name') name = value;
        });
      }
    }
    const close = text.indexOf(`</${element}>`, at);
    const value = text.slice(at, close < 0 ? text.length : close);
    at = close < 0 ? text.length : close + element.length + 3;
    // An empty value is no field: the add-on's extraction needs at least one character.
    if (value !== '') add(into, cleanName(name), value);
  }
}

/** Leaf elements under their names, at any depth (`UserData`, `RenderingInfo`). */
function leaves(text: string, into: Fields, keep: boolean): void {
  const leaf = /<([A-Za-z_][\w.-]*)(?:\s[^>]*)?>([^<]*)<\/\1>/g;
  for (let match = leaf.exec(text); match !== null; match = leaf.exec(text)) {
    const [, name = '', value = ''] = match;
    if (value === '' || (keep && into.has(name))) continue;
    if (keep) into.set(name, value);
    else add(into, name, value);
  }
}

/**
 * Fields of one Windows event in XML, whole or torn, by the names that the Splunk add-on gives them. It cuts values out
 * of the text, so references stay in them: a command line has `2&gt;&amp;1`, and detections ask for that.
 */
export function xmlEventFields(raw: string, into: Fields = new Map()): Fields {
  const head = inner(raw, 'System', 0);
  // The parts follow each other, so that what is absent is looked for in the little that is left.
  let end = head?.end ?? 0;
  if (head !== undefined) {
    system(head.text, into);
    into.set('System_Props_Xml', head.text);
  }
  const data = inner(raw, 'EventData', end);
  if (data !== undefined) {
    end = data.end;
    eventData(data.text, into);
    if (data.text !== '') into.set('EventData_Xml', data.text);
  }
  const user = inner(raw, 'UserData', end);
  if (user !== undefined) {
    end = user.end;
    leaves(user.text, into, false);
    into.set('UserData_Xml', user.text);
    const first = /<([A-Za-z_][\w.:-]*)/.exec(user.text)?.[1];
    const body = first === undefined ? undefined : inner(user.text, first, 0);
    if (body !== undefined && first !== undefined) into.set(`${first}_Xml`, body.text);
  }
  const rendering = inner(raw, 'RenderingInfo', end);
  if (rendering !== undefined) {
    leaves(rendering.text, into, true);
    into.set('RenderingInfo_Xml', rendering.text);
  }
  const id = into.get('EventID');
  if (id !== undefined) into.set('EventCode', id);
  return into;
}
