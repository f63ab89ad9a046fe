/** A text file of a content folder, and complaints about it. */
import type { Diagnostic } from '../../text/diagnostic.ts';
import { LineIndex } from '../../text/position.ts';
import { type ContentCode, codes } from '../codes.ts';

export interface Span {
  /** UTF-16 offsets into the text; `end` is not included. */
  start: number;
  end: number;
}

export class SourceFile {
  private readonly index: LineIndex;

  constructor(
    /** Index of the content folder. */
    readonly root: number,
    /** Inside the content folder, `/`-separated. */
    readonly path: string,
    readonly text: string,
  ) {
    this.index = new LineIndex(text);
  }

  /** Line of an offset, from 1. */
  lineOf(offset: number): number {
    return this.index.positionAt(offset).line;
  }

  problem(code: ContentCode, message: string, span?: Span): Diagnostic {
    const found = fileProblem(this.root, this.path, code, message);
    if (!span) return found;
    found.range = { start: span.start, end: Math.max(span.start, span.end) };
    found.position = this.index.positionAt(span.start);
    return found;
  }
}

/** A complaint about a file as a whole, or one that has no text. */
export function fileProblem(root: number, path: string, code: ContentCode, message: string): Diagnostic {
  return { code, severity: codes[code].severity, message, path, root };
}
