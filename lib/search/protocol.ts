/** Messages between a page and the worker that holds its search. */
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Completions } from './completions.ts';
import type { TextField, Tier } from './fields.ts';
import type { Listed } from './listed.ts';

export interface SearchResult extends Listed {
  /** Fields that hold what was looked for, heaviest first. */
  matched: TextField[];
  /** It has only some of the words: shown because few have all of them. */
  partial?: true;
}

export interface SearchAnswer {
  query: string;
  /** Documents found in what is loaded; results that are partial do not count. */
  total: number;
  results: SearchResult[];
  diagnostics: Diagnostic[];
  tiersLoaded: Tier[];
  /** Nothing that is not loaded can add a document. */
  complete: boolean;
  /** Another answer to this query follows. */
  pending: boolean;
  /** Why a part of the index is missing. */
  failure?: string;
}

export interface FoundAddresses {
  /** Of every document found, best first. */
  addresses: string[];
  /** False when a part of the index could not be loaded. */
  complete: boolean;
  diagnostics: Diagnostic[];
}

export type ToSearchWorker =
  /** Replaces the query before it. */
  | { kind: 'query'; id: number; text: string; limit: number }
  /** Replaces the one before it. */
  | { kind: 'all'; id: number; text: string }
  | { kind: 'complete'; id: number; text: string; caret: number };

export type FromSearchWorker =
  | { kind: 'answer'; id: number; answer: SearchAnswer }
  | { kind: 'all'; id: number; found: FoundAddresses }
  | { kind: 'completions'; id: number; completions: Completions }
  | { kind: 'failure'; id: number; message: string };
