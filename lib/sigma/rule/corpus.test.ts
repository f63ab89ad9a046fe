import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSigma } from './read.ts';
import { resolveRule } from './resolve.ts';

const CORPUS = fileURLToPath(new URL('../../../../shared/corpus/sigma', import.meta.url));
const MAIN = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance'];
const OTHER = ['deprecated', 'unsupported', 'rules-placeholder'];

function files(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(CORPUS, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yml'))
      .map((file) => join(CORPUS, folder, file)),
  );
}

describe.skipIf(!existsSync(CORPUS))('published rules (skipped where the corpus is absent)', () => {
  it('reads and understands all 3,757 main rules', () => {
    const wrong: string[] = [];
    let placeholders = 0;
    const paths = files(MAIN);
    for (const path of paths) {
      const { documents, diagnostics } = readSigma(readFileSync(path, 'utf8'), { path });
      for (const { code, message, severity } of diagnostics) {
        if (severity === 'error') wrong.push(`${path} ${code} ${message}`);
      }
      const [rule] = documents;
      if (documents.length !== 1 || rule?.kind !== 'rule')
        wrong.push(`${path}: ${documents.length} documents`);
      else {
        const { diagnostic } = resolveRule(rule);
        if (diagnostic?.code === 'sigma-placeholder') placeholders += 1;
        else if (diagnostic) wrong.push(`${path} ${diagnostic.code} ${diagnostic.message}`);
      }
    }
    expect(wrong).toEqual([]);
    // Two rules for a vulnerability of certificate services name values that only their user has.
    expect(placeholders).toBe(2);
    expect(paths.length).toBe(3757);
  });

  it('reads the others or says what is wrong with them', () => {
    const said: Record<string, number> = {};
    let read = 0;
    const paths = files(OTHER);
    for (const path of paths) {
      const { documents, diagnostics } = readSigma(readFileSync(path, 'utf8'), { path });
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      for (const { code, range } of errors) {
        said[code] = (said[code] ?? 0) + 1;
        expect(range).toBeDefined();
      }
      for (const rule of documents) {
        if (rule.kind !== 'rule') continue;
        read += 1;
        const { diagnostic } = resolveRule(rule);
        if (diagnostic) said[diagnostic.code] = (said[diagnostic.code] ?? 0) + 1;
      }
      expect(documents.length + errors.length, path).toBeGreaterThan(0);
    }
    expect({ files: paths.length, read, said }).toMatchInlineSnapshot(`
      {
        "files": 282,
        "read": 280,
        "said": {
          "sigma-condition-unsupported": 4,
          "sigma-placeholder": 26,
        },
      }
    `);
  });
});
