import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { md5, sha1, sha256, sha512 } from './digest.ts';

describe('digests', () => {
  it.each(Object.entries({ md5, sha1, sha256, sha512 }))(
    '%s agrees with the platform on any text',
    (name, digest) => {
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme', maxLength: 150 }), (text) => {
          expect(digest(text)).toBe(createHash(name).update(text, 'utf8').digest('hex'));
        }),
        { numRuns: 60 },
      );
    },
  );
});
