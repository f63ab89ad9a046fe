/**
 * Highlighting at build time. Shiki tokenises; colours never reach the page. A theme of marker colours turns
 * each scope into a one-letter class, which keeps a long search at about twice its text instead of six times.
 */
import {
  createHighlighterCoreSync,
  type HighlighterCore,
  type LanguageRegistration,
  type ThemeRegistration,
} from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import json from 'shiki/langs/json.mjs';
import xml from 'shiki/langs/xml.mjs';
import yaml from 'shiki/langs/yaml.mjs';
import { escapeHtml } from '../text/escape.ts';
import { spl2Grammar, splGrammar } from './grammars.ts';

export type CodeLanguage = 'spl' | 'spl2' | 'yaml' | 'json' | 'xml' | 'text';

/** Scope → class letter. The letters are styled in styles/code.css. */
const CLASS_OF_SCOPE: [scope: string, letter: string][] = [
  ['command', 'c'],
  ['keyword', 'k'],
  ['function', 'f'],
  ['field', 'd'],
  ['macro', 'm'],
  ['lookup', 'l'],
  ['string', 's'],
  ['number', 'n'],
  ['operator', 'o'],
  ['comment', 'x'],
  ['entity.name.tag', 'd'],
  ['entity.other.attribute-name', 'f'],
  ['support.type.property-name', 'd'],
  ['constant', 'n'],
  ['punctuation', 'o'],
  ['string.unquoted', ''],
];

const markers = new Map<string, string>();
const theme: ThemeRegistration = {
  name: 'letters',
  type: 'light',
  fg: '#000000',
  bg: '#ffffff',
  settings: CLASS_OF_SCOPE.map(([scope, letter], index) => {
    const marker = `#0000${(index + 1).toString(16).padStart(2, '0')}`;
    markers.set(marker.toUpperCase(), letter);
    return { scope, settings: { foreground: marker } };
  }),
};

let highlighter: HighlighterCore | undefined;

function shared(): HighlighterCore {
  highlighter ??= createHighlighterCoreSync({
    themes: [theme],
    langs: [splGrammar, spl2Grammar, yaml, json, xml] as (LanguageRegistration | LanguageRegistration[])[],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return highlighter;
}

/** Past this many characters a line is not worth tokenising: it is data, not code. */
const LONGEST_LINE = 20_000;

/** What a name in a search may link to. */
export interface CodeLinks {
  macro(name: string): LinkTarget | undefined;
  lookup(name: string): LinkTarget | undefined;
}

export interface LinkTarget {
  href: string;
  title?: string;
}

/**
 * One HTML string per line of `code`, with every piece of text escaped.
 * `links` may turn the name of a macro or lookup into a link.
 */
export function highlightLines(code: string, language: CodeLanguage, links?: CodeLinks): string[] {
  if (language === 'text') return code.split('\n').map(escapeHtml);
  if (links || code.length > REMEMBERED) return tokenised(code, language, links);
  const key = `${language} ${code}`;
  const known = remembered.get(key);
  if (known) return known;
  const lines = tokenised(code, language);
  remembered.set(key, lines);
  return lines;
}

/** Short code without links repeats from page to page: the definitions of shared macros. */
const REMEMBERED = 400;
const remembered = new Map<string, string[]>();

function tokenised(code: string, language: CodeLanguage, links?: CodeLinks): string[] {
  const { tokens } = shared().codeToTokens(code, {
    lang: language,
    theme: 'letters',
    tokenizeMaxLineLength: LONGEST_LINE,
    // On a busy machine a limit of time would leave lines plain, and two builds would differ.
    tokenizeTimeLimit: 0,
  });
  return tokens.map((line) => {
    let html = '';
    let open = '';
    for (const token of line) {
      const letter = markers.get((token.color ?? '').toUpperCase()) ?? '';
      const link = links && linkOf(token.content, letter, links);
      if (open && (open !== letter || link)) {
        html += '</i>';
        open = '';
      }
      if (link) {
        html += link;
        continue;
      }
      if (letter && open !== letter) {
        html += `<i class=${letter}>`;
        open = letter;
      }
      html += escapeHtml(token.content);
    }
    return open ? `${html}</i>` : html;
  });
}

function linkOf(text: string, letter: string, links: CodeLinks): string | undefined {
  const target =
    letter === 'm'
      ? links.macro(/^`\s*([^\s(`]+)/.exec(text)?.[1] ?? '')
      : letter === 'l'
        ? links.lookup(text)
        : undefined;
  if (!target) return undefined;
  const title = target.title ? ` title="${escapeHtml(target.title)}"` : '';
  return `<a class=${letter} href="${escapeHtml(target.href)}"${title}>${escapeHtml(text)}</a>`;
}
