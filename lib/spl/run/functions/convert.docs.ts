/** Conversion functions. Words, evidence and one tested example each; not part of the engine's bundle. */
import type { FunctionDocs } from './functions.docs.ts';

export const CONVERSION_DOCS: { readonly [name: string]: FunctionDocs } = {
  tonumber: {
    usage: 'tonumber(text, base)',
    summary: 'The number that a text stands for, in base 10 or another up to 36; null if it is none.',
    evidence: 'docs',
    page: 'conversion-functions',
    example: { expr: 'tonumber("0A4", 16)', expected: 164 },
  },
  tostring: {
    usage: 'tostring(x, format)',
    summary: 'The text of a value. Formats for numbers: `hex`, `binary`, `commas`, `duration`.',
    evidence: 'docs',
    page: 'conversion-functions',
    example: { expr: 'tostring(615, "duration")', expected: '00:10:15' },
  },
  tobool: {
    usage: 'tobool(x)',
    summary: 'True or false: numbers other than 0 are true.',
    evidence: 'docs',
    page: 'conversion-functions',
    example: { expr: 'if(tobool(units), "yes", "no")', row: { units: '0' }, expected: 'no' },
  },
  todouble: {
    usage: 'todouble(x)',
    summary: 'The number that a value stands for.',
    evidence: 'assumed',
    page: 'conversion-functions',
    example: { expr: 'todouble("1.5")', expected: 1.5 },
  },
  toint: {
    usage: 'toint(x)',
    summary: 'The whole part of a number.',
    evidence: 'assumed',
    page: 'conversion-functions',
    example: { expr: 'toint(f)', row: { f: '3.7' }, expected: 3 },
  },
  tomv: {
    usage: 'tomv(x)',
    summary: 'The value as a list.',
    evidence: 'assumed',
    page: 'conversion-functions',
    example: { expr: 'mvcount(tomv(f))', row: { f: 'a' }, expected: 1 },
  },
  ipmask: {
    usage: 'ipmask(mask, address)',
    summary: 'The address with only the bits that the mask keeps.',
    evidence: 'docs',
    page: 'conversion-functions',
    example: { expr: 'ipmask("255.255.0.0", ip)', row: { ip: '10.20.30.40' }, expected: '10.20.0.0' },
  },
  printf: {
    usage: 'printf(format, x, ...)',
    summary:
      'Text in the manner of C: `%d %i %u %o %x %X %f %e %g %a %c %s %%`, with width, precision and flags.',
    evidence: 'docs',
    page: 'conversion-functions',
    example: { expr: 'printf("%04d|%-5s|%\'d", 7, "ab", 12345)', expected: '0007|ab   |12,345' },
  },
};
