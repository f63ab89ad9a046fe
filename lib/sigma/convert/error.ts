import type { Diagnostic, Range } from '../../text/diagnostic.ts';

export type ConvertCode =
  | 'convert-modifier'
  | 'convert-regex'
  | 'convert-null-in-list'
  | 'convert-aggregation'
  | 'convert-near'
  | 'convert-multiple-fields'
  | 'convert-keyword'
  | 'convert-field-reference'
  | 'convert-cidr'
  | 'convert-time-part'
  | 'convert-cased'
  | 'convert-field-unmapped'
  | 'convert-logsource'
  | 'convert-correlation'
  | 'convert-value'
  | 'convert-backend'
  | 'convert-no-rule';

/** What a backend cannot express. Caught where a conversion begins; it never leaves `convert/`. */
export class ConvertError extends Error {
  constructor(
    readonly code: ConvertCode,
    message: string,
    readonly range?: Range,
  ) {
    super(message);
  }

  diagnostic(path: string | undefined): Diagnostic {
    return {
      code: this.code,
      severity: 'error',
      message: this.message,
      ...(this.range === undefined ? {} : { range: this.range }),
      ...(path === undefined ? {} : { path }),
    };
  }
}
