/** Licences by the words that their texts and short forms are known by. */

export interface Licence {
  name: string;
  url?: string;
}

const KNOWN: [RegExp, Licence][] = [
  [
    /Detection Rule License|\bDRL\b/i,
    { name: 'Detection Rule License 1.1', url: 'https://github.com/SigmaHQ/Detection-Rule-License' },
  ],
  [
    /Apache License[\s,]+Version 2\.0|^Apache-2\.0$/i,
    { name: 'Apache License 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  ],
  [/^\s*(?:The )?MIT License|^MIT$/i, { name: 'MIT License', url: 'https://opensource.org/license/mit' }],
  [/CC0 1\.0|^CC0/i, { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' }],
  [
    /Creative Commons Attribution 4\.0|^CC[- ]BY[- ]4/i,
    { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
  ],
];

/** A licence by the text of its file or by what a rule's `license` says; undefined for a text that none is known by. */
export function licenceOf(text: string): Licence | undefined {
  return KNOWN.find(([pattern]) => pattern.test(text))?.[1];
}
