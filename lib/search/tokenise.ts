/** The terms of this field's texts: IDs, file names, fields, registry paths, and plain words. */

const CHUNK = /[\p{L}\p{N}_]+(?:[.\-:][\p{L}\p{N}_]+)*/gu;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A UUID is found by itself and its beginning; its digits are no event code. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Lower case, runs of white space and of `\\` (escaped in searches) as one: the form in which phrases are compared. */
export function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').replace(/\\+/g, '\\').trim();
}

/** What a person would type as one word, lower-case: `t1059.001`, `cve-2021-44228`, `powershell.exe`, `process_name`. */
export function words(text: string): string[] {
  return (text.match(CHUNK) ?? []).map((chunk) => chunk.toLowerCase());
}

/** Each word and its parts at `.`, `-`, `:`, `_` and inside camelCase, each once. */
export function terms(text: string): Set<string> {
  const found = new Set<string>();
  for (const chunk of text.match(CHUNK) ?? []) {
    found.add(chunk.toLowerCase());
    if (isUuid(chunk)) continue;
    for (const part of chunk.split(/[.\-:_]/)) {
      if (part) found.add(part.toLowerCase());
      const humps = part.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu) ?? [];
      if (humps.length > 1) for (const hump of humps) if (hump.length > 1) found.add(hump.toLowerCase());
    }
  }
  return found;
}
