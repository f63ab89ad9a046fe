/** The texts of loaded shards: what stands in each field of each document. */
import { FIELDS, keysOf, type RunningField, type TextField, TIER_OF_TEXT } from './fields.ts';
import type { Shards } from './shards/decode.ts';
import { isWord } from './shards/tokens.ts';
import { lower, plain } from './tokenise.ts';

const BETWEEN_VALUES = ' · ';

export class Texts {
  /** By document, then field; made when first asked for. */
  private readonly known: (string | undefined)[];
  private lowerTokens: string[] | undefined;
  private wordMarks: Uint8Array | undefined;
  private techniqueNames: Map<string, string> | undefined;

  constructor(private readonly shards: Shards) {
    this.known = new Array(shards.rows.length * FIELDS.length);
  }

  /** By number of a token: 1 for a word, 0 for what stands between words. */
  get areWords(): Uint8Array {
    this.wordMarks ??= Uint8Array.from(this.shards.tokens, (token) => (isWord(token) ? 1 : 0));
    return this.wordMarks;
  }

  /** In the form of `plain`; empty for a field that the document does not have, or that is not loaded. */
  of(document: number, field: number): string {
    const place = document * FIELDS.length + field;
    let text = this.known[place];
    if (text === undefined) {
      const name = FIELDS[field]!;
      text =
        name in TIER_OF_TEXT
          ? this.running(document, name as RunningField)
          : plain(this.made(document, name));
      this.known[place] = text;
    }
    return text;
  }

  /** The text of a field that is not running text, as it is written. */
  made(document: number, field: TextField): string {
    const { kind, name, id = '', file = '' } = this.shards.rows[document]!;
    if (field === 'name') return name;
    if (field === 'ids') return `${id} ${file}`.trim();
    const texts: string[] = [];
    for (const key of keysOf(kind, field)) {
      const column = this.shards.columns.get(key);
      if (!column) continue;
      const { starts, numbers } = column.lists;
      for (let at = starts[document]!; at < starts[document + 1]!; at++)
        texts.push(this.valueText(key, column.values[numbers[at]!]!));
    }
    return texts.join(BETWEEN_VALUES);
  }

  /** A technique is found by its name as well. */
  valueText(key: string, value: string): string {
    if (key !== 'technique') return value;
    this.techniqueNames ??= new Map(
      this.shards.rows.flatMap(({ kind, id, name }) =>
        kind === 'technique' && id ? [[id, name] as const] : [],
      ),
    );
    const name = this.techniqueNames.get(value);
    return name ? `${value} ${name}` : value;
  }

  private running(document: number, field: RunningField): string {
    const lists = this.shards.texts.get(field);
    if (!lists) return '';
    const { areWords } = this;
    this.lowerTokens ??= this.shards.tokens.map(lower);
    let text = '';
    let afterWord = false;
    for (let at = lists.starts[document]!; at < lists.starts[document + 1]!; at++) {
      const number = lists.numbers[at]!;
      const word = areWords[number] === 1;
      if (word && afterWord) text += ' ';
      text += this.lowerTokens[number]!;
      afterWord = word;
    }
    return text;
  }
}
