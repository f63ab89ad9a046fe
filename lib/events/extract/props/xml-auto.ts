import type { FieldValue } from '../../record.ts';
import { unescapeXml } from '../xml-fields.ts';

/** `KV_MODE = xml`: text of leaf elements under their dotted path, attributes as `path{@name}`. */
export function xmlAutoFields(text: string, into: Map<string, FieldValue>): Map<string, FieldValue> {
  const add = (name: string, value: string) => {
    const known = into.get(name);
    if (known === undefined) into.set(name, value);
    else into.set(name, typeof known === 'string' ? [known, value] : [...known, value]);
  };
  const path: string[] = [];
  const tag = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>([^<]*)/g;
  for (let match = tag.exec(text); match !== null; match = tag.exec(text)) {
    const [, closing = '', name = '', attributes = '', empty = '', after = ''] = match;
    if (closing !== '') {
      path.pop();
      continue;
    }
    path.push(name);
    const own = path.join('.');
    for (const [, key = '', double, single] of attributes.matchAll(
      /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
    )) {
      add(`${own}{@${key}}`, unescapeXml(double ?? single ?? ''));
    }
    if (empty !== '') path.pop();
    else if (after.trim() !== '') add(own, unescapeXml(after.trim()));
    if (path.length > 200) return into;
  }
  return into;
}
