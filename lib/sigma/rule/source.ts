import type { Diagnostic, Range } from '../../text/diagnostic.ts';
import { LineIndex } from '../../text/position.ts';
import type { YamlSource } from '../../text/yaml.ts';
import { codes, type SigmaCode } from './codes.ts';

/** The text of a rule file, and complaints about it. */
export class RuleSource implements YamlSource {
  readonly diagnostics: Diagnostic[] = [];
  private readonly lines: LineIndex;

  constructor(
    readonly text: string,
    readonly path: string | undefined,
    readonly strict: boolean,
  ) {
    this.lines = new LineIndex(text);
  }

  problem(code: SigmaCode, message: string, range?: Range): Diagnostic {
    const { severity } = codes[code];
    const found: Diagnostic = {
      code,
      severity: severity === 'warning' && this.strict ? 'error' : severity,
      message,
    };
    if (range !== undefined) {
      found.range = { start: range.start, end: Math.max(range.start, range.end) };
      found.position = this.lines.positionAt(range.start);
    }
    if (this.path !== undefined) found.path = this.path;
    return found;
  }

  report(code: SigmaCode, message: string, range?: Range): void {
    this.diagnostics.push(this.problem(code, message, range));
  }
}
