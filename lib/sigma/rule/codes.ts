import type { Severity } from '../../text/diagnostic.ts';

interface Code {
  /** In lenient reading. Strict reading reports warnings as errors. */
  severity: Severity;
  meaning: string;
}

/** Every code that reading a Sigma rule can give. */
export const codes = {
  'yaml-syntax': { severity: 'error', meaning: 'The file is not YAML that can be read.' },
  'yaml-indentation': { severity: 'warning', meaning: 'A quoted text continues at the left margin.' },
  'yaml-alias-expansion': { severity: 'error', meaning: 'Aliases expand to more than a rule can need.' },
  'yaml-duplicate-key': { severity: 'warning', meaning: 'A key is written twice in one mapping.' },
  'sigma-empty': { severity: 'error', meaning: 'The file holds no rule.' },
  'sigma-not-a-rule': { severity: 'error', meaning: 'A document is no mapping, or none of the kinds.' },
  'sigma-action': { severity: 'error', meaning: 'An action other than global, reset and repeat.' },
  'sigma-key-missing': {
    severity: 'error',
    meaning: 'A key without which the rule has no meaning is absent.',
  },
  'sigma-key-expected': { severity: 'warning', meaning: 'A key that the specification requires is absent.' },
  'sigma-value-type': { severity: 'error', meaning: 'A value is of a type that its key cannot have.' },
  'sigma-vocabulary': {
    severity: 'warning',
    meaning: 'A value is not among those that the specification lists.',
  },
  'sigma-condition-syntax': { severity: 'error', meaning: 'A condition cannot be read.' },
  'sigma-condition-unknown-search': {
    severity: 'error',
    meaning: 'A condition names a search that is absent.',
  },
  'sigma-condition-case': { severity: 'warning', meaning: 'An operator is not written in lower case.' },
  'sigma-condition-legacy': {
    severity: 'info',
    meaning: 'An aggregation of the old kind; correlation rules took its place.',
  },
  'sigma-condition-unsupported': {
    severity: 'error',
    meaning: 'A condition uses words that no version of the language defines.',
  },
  'sigma-search-unused': { severity: 'warning', meaning: 'A search that no condition uses.' },
  'sigma-modifier-unknown': { severity: 'error', meaning: 'A modifier that the language does not have.' },
  'sigma-modifier-combination': { severity: 'error', meaning: 'Modifiers that cannot stand together.' },
  'sigma-modifier-value': { severity: 'error', meaning: 'A value that a modifier cannot take.' },
  'sigma-placeholder': { severity: 'error', meaning: 'A placeholder for which no values were given.' },
  'sigma-too-many-values': { severity: 'error', meaning: 'Modifiers make more values than can be used.' },
  'sigma-regex': { severity: 'error', meaning: 'A regular expression that cannot be read.' },
  'sigma-correlation': {
    severity: 'error',
    meaning: 'A correlation lacks a part or has one that does not fit.',
  },
  'sigma-rule-unknown': {
    severity: 'error',
    meaning: 'A correlation or filter names a rule that is absent.',
  },
  'sigma-rule-circular': { severity: 'error', meaning: 'A correlation leads back to itself.' },
} as const satisfies Record<string, Code>;

export type SigmaCode = keyof typeof codes;
