/**
 * TextMate grammars for SPL and SPL2, written for detections rather than for every search: they know macros,
 * subsearches, data-model fields and clause keywords, which the grammar that ships with shiki does not mark.
 * Character classes are spelled out: `\w` and `\s` mean all of Unicode here, at several times the cost.
 * Scope names are few on purpose: each becomes one letter in the page (see `classOf` in highlight.ts).
 */
import type { LanguageRegistration } from 'shiki/core';

type Rule = NonNullable<LanguageRegistration['patterns']>[number];

const CLAUSES =
  'by|as|over|from|where|output|outputnew|with|groupby|select|into|and|or|not|xor|in|like|is|null|true|false';

const shared: Rule[] = [
  { name: 'comment', begin: '```', end: '```' },
  { name: 'macro', match: '`[^`\\n]+`' },
  { name: 'string', match: '"(?:[^"\\\\]|\\\\[\\s\\S])*"' },
  { name: 'field', match: "'[^'\\n]+'" },
  {
    match:
      '(\\|?)[ \\t]*\\b(lookup|inputlookup|outputlookup)((?:[ \\t]+[a-z_]+=[^ \\t]+)*)[ \\t]+([A-Za-z_][A-Za-z0-9_]*)(?![A-Za-z0-9_=(])',
    captures: { 1: { name: 'operator' }, 2: { name: 'command' }, 4: { name: 'lookup' } },
  },
  {
    match: '(\\|)[ \\t]*([A-Za-z_][A-Za-z0-9_]*)',
    captures: { 1: { name: 'operator' }, 2: { name: 'command' } },
  },
  {
    match: '(\\[)[ \\t]*(\\|?)[ \\t]*(search|tstats|from|stats|eval|makeresults|rest|return|datamodel)\\b',
    captures: { 1: { name: 'operator' }, 2: { name: 'operator' }, 3: { name: 'command' } },
  },
  {
    name: 'function',
    match: '\\b[A-Za-z_][A-Za-z0-9_]*(?=\\()(?<!\\b(?:IN|in|AND|OR|NOT|and|or|not|by|where|BY|WHERE))',
  },
  { name: 'keyword', match: `(?<![A-Za-z0-9_.=])(?i:${CLAUSES})(?![A-Za-z0-9_.=])` },
  { name: 'field', match: '[A-Za-z_][A-Za-z0-9_.{}:@-]*(?=[ \\t]*(?:=|!=|<|>))' },
  { name: 'field', match: '\\b[A-Z][A-Za-z_]+\\.[A-Za-z0-9_.*]+' },
  { name: 'number', match: '(?<![A-Za-z0-9_.@-])-?[0-9]+(?:[.][0-9]+)?(?![A-Za-z0-9_.])' },
  { name: 'operator', match: '[=!<>]=?|[|,]' },
];

const spl2Only: Rule[] = [
  { name: 'string', match: '/(?:[^/\\\\\\n]|\\\\.)+/[a-z]*(?=\\s*[),=]|\\s*$)' },
  { name: 'macro', match: '\\$[A-Za-z_]\\w*' },
];

function grammar(name: string, patterns: Rule[]): LanguageRegistration {
  return { name, scopeName: `source.${name}`, patterns, repository: {} } as LanguageRegistration;
}

export const splGrammar = grammar('spl', shared);
export const spl2Grammar = grammar('spl2', [...spl2Only, ...shared]);
