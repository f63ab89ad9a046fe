import { readSigma } from '../../sigma/rule/read.ts';
import type { Assistant, Completion, CompletionList } from './assist.ts';

const SIGMA_KEYS = [
  'title',
  'id',
  'status',
  'level',
  'logsource',
  'product',
  'category',
  'service',
  'detection',
  'selection',
  'filter',
  'condition',
  'falsepositives',
  'fields',
  'tags',
  'description',
];
const SIGMA_MODIFIERS = [
  'contains',
  'startswith',
  'endswith',
  'all',
  're',
  'cidr',
  'windash',
  'base64offset',
  'exists',
  'cased',
  'fieldref',
  'lt',
  'lte',
  'gt',
  'gte',
  'neq',
];

/** Sigma rules: read whole, completed by the word and the modifier. */
export const sigmaAssistant: Assistant = {
  check: (text) => ({ diagnostics: [...readSigma(text).diagnostics], fields: [] }),
  complete: (text, offset, { fields }) => completeSigma(text.slice(0, offset), fields),
};

function completeSigma(before: string, fields: readonly string[]): CompletionList {
  const modifier = /\|(\w*)$/.exec(before);
  if (modifier) {
    return {
      from: before.length - modifier[1]!.length,
      completions: SIGMA_MODIFIERS.map((label) => ({ label, kind: 'function' })),
    };
  }
  const word = /[\w.]*$/.exec(before)![0];
  return {
    from: before.length - word.length,
    completions: [
      ...SIGMA_KEYS.map((label): Completion => ({ label, kind: 'keyword', insert: `${label}: ` })),
      ...fields.map((label): Completion => ({ label, kind: 'field' })),
    ],
  };
}
