/**
 * What Sightline says about a text that a person wrote: a stable code, how bad it is, where it is, and what to do.
 * Diagnostics are data. Rendering them (code frame, JSON, SARIF, annotations) is done elsewhere.
 */

import type { Position } from './position.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Half-open span of UTF-16 offsets into the text it belongs to: `start` is included, `end` is not. */
export interface Range {
  start: number;
  end: number;
}

export interface Diagnostic {
  /** Stable, kebab-case, documented; never reused for another meaning. */
  code: string;
  severity: Severity;
  /** One sentence: what is wrong, in the author's terms, and what to do about it where that is not plain. */
  message: string;
  /** Where in the text. Absent only when the complaint is about the file as a whole. */
  range?: Range;
  /** Line and column of `range.start`, where the text was at hand: what prints without reading the file again. */
  position?: Position;
  /** File the text came from, relative to its content folder, `/`-separated. Absent for text without a file. */
  path?: string;
  /** Which of several content folders `path` is in: an index into the list that was compiled. */
  root?: number;
}
