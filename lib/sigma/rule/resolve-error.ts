import type { SigmaCode } from './codes.ts';

/** A complaint that has its place but not yet its file. */
export class ResolveError extends Error {
  constructor(
    readonly code: SigmaCode,
    message: string,
    readonly range: { start: number; end: number },
  ) {
    super(message);
  }
}
