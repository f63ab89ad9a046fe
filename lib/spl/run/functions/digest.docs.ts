/** Cryptographic functions. Words, evidence and one tested example each; not part of the engine's bundle. */
import type { FunctionDocs } from './functions.docs.ts';

export const DIGEST_DOCS: { readonly [name: string]: FunctionDocs } = {
  md5: {
    usage: 'md5(text)',
    summary: 'MD5 of the text, in hexadecimal.',
    evidence: 'docs',
    page: 'cryptographic-functions',
    example: { expr: 'md5("abc")', expected: '900150983cd24fb0d6963f7d28e17f72' },
  },
  sha1: {
    usage: 'sha1(text)',
    summary: 'SHA-1.',
    evidence: 'docs',
    page: 'cryptographic-functions',
    example: { expr: 'sha1("abc")', expected: 'a9993e364706816aba3e25717850c26c9cd0d89d' },
  },
  sha256: {
    usage: 'sha256(text)',
    summary: 'SHA-256.',
    evidence: 'docs',
    page: 'cryptographic-functions',
    example: {
      expr: 'sha256("abc")',
      expected: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    },
  },
  sha512: {
    usage: 'sha512(text)',
    summary: 'SHA-512.',
    evidence: 'docs',
    page: 'cryptographic-functions',
    example: { expr: 'substr(sha512("abc"), 1, 32)', expected: 'ddaf35a193617abacc417349ae204131' },
  },
};
