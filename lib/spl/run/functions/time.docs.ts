/** Date and time functions. The examples run at 2022-02-17 10:00:37 UTC. Words, evidence and one tested example each; not part of the engine's bundle. */
import type { FunctionDocs } from './functions.docs.ts';

export const TIME_DOCS: { readonly [name: string]: FunctionDocs } = {
  now: {
    usage: 'now()',
    summary: 'The pinned time of the run, in epoch seconds.',
    evidence: 'docs',
    page: 'date-and-time-functions',
    example: { expr: 'now()', expected: 1645092037 },
  },
  time: {
    usage: 'time()',
    summary: 'The same: results must repeat, so there is no wall clock.',
    evidence: 'assumed',
    page: 'date-and-time-functions',
    example: { expr: 'time()', expected: 1645092037 },
  },
  relative_time: {
    usage: 'relative_time(time, modifier)',
    summary: 'A time moved by a time modifier.',
    evidence: 'docs',
    page: 'date-and-time-functions',
    example: { expr: 'relative_time(1645092037, "-1d@d")', expected: 1644969600 },
  },
  strftime: {
    usage: 'strftime(time, format)',
    summary: 'A time as text.',
    evidence: 'docs',
    page: 'date-and-time-functions',
    example: { expr: 'strftime(1534188153, "%Y-%m-%dT%H:%M:%S%z")', expected: '2018-08-13T19:22:33+0000' },
  },
  strptime: {
    usage: 'strptime(text, format)',
    summary: 'The time that a text stands for; null if it does not follow the format.',
    evidence: 'docs',
    page: 'date-and-time-functions',
    example: { expr: 'strptime("2018-08-13 19:22", "%Y-%m-%d %H:%M")', expected: 1534188120 },
  },
};
