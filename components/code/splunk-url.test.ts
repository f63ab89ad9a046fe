import { expect, test } from 'vitest';
import { splunkSearchUrl } from './splunk-url.ts';

const q = (url: string) => new URL(url).searchParams.get('q');

test('names the implied search command, and only then', () => {
  expect(q(splunkSearchUrl('https://s', 'index=main'))).toBe('search index=main');
  expect(q(splunkSearchUrl('https://s', '| tstats count'))).toBe('| tstats count');
  expect(q(splunkSearchUrl('https://s', 'search index=main'))).toBe('search index=main');
  expect(q(splunkSearchUrl('https://s', '`sysmon` EventCode=1'))).toBe('search `sysmon` EventCode=1');
});

test('carries plus signs, percent signs and newlines whole', () => {
  const search = '| eval a="1+1 & 100%"\n| where b="x y"';
  const url = splunkSearchUrl('https://s:8000/', search, '-70m@m', '-10m@m');
  expect(url.startsWith('https://s:8000/en-US/app/search/search?')).toBe(true);
  expect(q(url)).toBe(search);
  expect(new URL(url).searchParams.get('latest')).toBe('-10m@m');
});
