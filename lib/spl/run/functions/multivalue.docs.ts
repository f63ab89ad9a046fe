/** Multivalue functions. Words, evidence and one tested example each; not part of the engine's bundle. */
import type { FunctionDocs } from './functions.docs.ts';

export const MULTIVALUE_DOCS: { readonly [name: string]: FunctionDocs } = {
  commands: {
    usage: 'commands(search)',
    summary: 'The names of the commands of a search.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: {
      expr: 'commands("search a | stats count | sort count")',
      expected: ['search', 'stats', 'sort'],
    },
  },
  mvappend: {
    usage: 'mvappend(x, ...)',
    summary: 'All values of all arguments, in order; nulls are left out.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: { expr: 'mvappend("a", null(), split("b,c", ","))', expected: ['a', 'b', 'c'] },
  },
  mvcount: {
    usage: 'mvcount(x)',
    summary: 'Number of values; null for null.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: { expr: 'mvcount(split("a,b", ","))', expected: 2 },
  },
  mvdedup: {
    usage: 'mvdedup(x)',
    summary: 'Without repeated values.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: { expr: 'mvdedup(split("a,b,a", ","))', expected: ['a', 'b'] },
  },
  mvfilter: {
    usage: 'mvfilter(condition)',
    summary: 'The values of the one field of the condition for which it is true.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: {
      expr: 'mvfilter(match(f, "net$"))',
      row: { f: ['a.net', 'c.com', 'b.net'] },
      expected: ['a.net', 'b.net'],
    },
  },
  mvfind: {
    usage: 'mvfind(x, pattern)',
    summary: 'Position, from 0, of the first value that matches; null if none does.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: { expr: 'mvfind(f, "err\\d")', row: { f: ['ok', 'err1'] }, expected: 1 },
  },
  mvindex: {
    usage: 'mvindex(x, from, to)',
    summary:
      'The value at a position from 0, or the values of a range; negative positions count from the end.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: { expr: 'mvindex(f, -2, -1)', row: { f: ['a', 'b', 'c'] }, expected: ['b', 'c'] },
  },
  mvjoin: {
    usage: 'mvjoin(x, delimiter)',
    summary: 'The values as one text.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: { expr: 'mvjoin(f, "; ")', row: { f: ['a', 'b'] }, expected: 'a; b' },
  },
  mvmap: {
    usage: 'mvmap(x, expression)',
    summary: 'The value of the expression for each value of the field.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: { expr: 'mvmap(f, f*10)', row: { f: ['1', '2'] }, expected: [10, 20] },
  },
  mvrange: {
    usage: 'mvrange(from, to, step)',
    summary: 'Numbers from one up to another, not including it; the step may be a span such as `7d`.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: { expr: 'mvrange(1, 11, 4)', expected: [1, 5, 9] },
  },
  mvreverse: {
    usage: 'mvreverse(x)',
    summary: 'The values from last to first.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: { expr: 'mvreverse(split("a,b", ","))', expected: ['b', 'a'] },
  },
  mvsort: {
    usage: 'mvsort(x)',
    summary: 'The values in order of text.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: { expr: 'mvsort(split("10,9,b", ","))', expected: ['10', '9', 'b'] },
  },
  mvzip: {
    usage: 'mvzip(x, y, delimiter)',
    summary: 'First value with first, second with second, up to the shorter list.',
    evidence: 'docs',
    page: 'multivalue-eval-functions',
    example: { expr: 'mvzip(split("a,b", ","), split("1,2,3", ","), "=")', expected: ['a=1', 'b=2'] },
  },
};
