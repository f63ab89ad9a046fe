/**
 * Reads the fields of one mapping as what they mean. Nothing here fails: a value of the wrong type gives the nearest
 * thing that a page can show, and the schema has already said what is wrong with it.
 */
import { type Mapping, scalarValue, writtenText, type YamlNode } from '../../text/yaml-node.ts';
import type { SourceFile } from '../read/source-file.ts';

export class Fields {
  constructor(
    readonly node: Mapping,
    readonly file: SourceFile,
    /** Asked for keys that `node` does not have: generations 1 and 2 keep under `tags` what generation 3 hoisted. */
    private readonly fallback?: Fields,
  ) {}

  /** The value of the first of these keys that has one. */
  find(...keys: string[]): YamlNode | undefined {
    for (const key of keys) {
      const value = this.node.entries.get(key)?.value;
      if (value && !isNothing(value)) return value;
    }
    return this.fallback?.find(...keys);
  }

  has(key: string): boolean {
    return this.find(key) !== undefined;
  }

  /** Text as written, trimmed; the source of a list or mapping where a text was meant. */
  text(...keys: string[]): string | undefined {
    const value = this.find(...keys);
    if (!value) return undefined;
    return writtenText(value, this.file.text) || undefined;
  }

  /** A list of texts; one text stands for a list of one. */
  texts(...keys: string[]): string[] {
    return this.textsOf(this.find(...keys));
  }

  /** Like `texts`, and a text is split at commas: `WILDCARD(a), CIDR(b)` in the lookups of generation 1. */
  commaTexts(...keys: string[]): string[] {
    const value = this.find(...keys);
    if (value?.kind !== 'scalar') return this.textsOf(value);
    return value.text
      .split(/,(?![^(]*\))/)
      .map((part) => part.trim())
      .filter(Boolean);
  }

  number(...keys: string[]): number | undefined {
    const value = this.find(...keys);
    if (value?.kind !== 'scalar') return undefined;
    const text = value.text.trim();
    const read = text === '' ? Number.NaN : Number(text);
    return Number.isFinite(read) ? read : undefined;
  }

  flag(...keys: string[]): boolean | undefined {
    const value = this.find(...keys);
    if (value?.kind !== 'scalar') return undefined;
    const text = value.text.trim().toLowerCase();
    if (['true', 'yes', 'on', '1'].includes(text)) return true;
    if (['false', 'no', 'off', '0'].includes(text)) return false;
    return undefined;
  }

  /** `YYYY-MM-DD`, from that, from `YYYY/MM/DD` (old Sigma rules) or from a time stamp; absent for anything else. */
  date(...keys: string[]): string | undefined {
    const text = this.text(...keys);
    const parts = text && /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)/.exec(text);
    if (!parts) return undefined;
    return `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`;
  }

  map(...keys: string[]): Fields | undefined {
    const value = this.find(...keys);
    return value?.kind === 'mapping' ? new Fields(value, this.file) : undefined;
  }

  /** The mappings of a list; one mapping stands for a list of one. */
  maps(...keys: string[]): Fields[] {
    const value = this.find(...keys);
    const items = value?.kind === 'sequence' ? value.items : value ? [value] : [];
    return items.flatMap((item) => (item.kind === 'mapping' ? [new Fields(item, this.file)] : []));
  }

  /** Key and text of every entry, in the order written. */
  pairs(): [string, string][] {
    return [...this.node.entries].map(([key, entry]) => [key, writtenText(entry.value, this.file.text)]);
  }

  /** These fields, falling back to those of the mapping under `key`. */
  hoisting(key: string): Fields {
    return this.falling(this.map(key));
  }

  /** These fields, falling back to others. */
  falling(fallback: Fields | undefined): Fields {
    return fallback ? new Fields(this.node, this.file, fallback) : this;
  }

  private textsOf(value: YamlNode | undefined): string[] {
    const items = value?.kind === 'sequence' ? value.items : value ? [value] : [];
    return items.filter((item) => !isNothing(item)).map((item) => writtenText(item, this.file.text));
  }
}

function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && scalarValue(node) === null;
}
