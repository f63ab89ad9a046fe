import { describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { contentFolder, uuid } from '../test-folder.ts';
import { sigmaRelations } from './sigma-relations.ts';

function rule(title: string, id: string, related: [id: string, type: string][] = []): string {
  const entries = related.map(([other, type]) => `  - id: ${other}\n    type: ${type}\n`).join('');
  return `title: ${title}
id: ${id}
${entries ? `related:\n${entries}` : ''}logsource:
  category: process_creation
  product: windows
detection:
  selection:
    Image|endswith: '\\cmd.exe'
  condition: selection
`;
}

async function relations(files: Record<string, string>): Promise<Record<string, string[]>> {
  const { detections } = await compile([contentFolder(files)]);
  return Object.fromEntries(
    [...sigmaRelations(detections)].map(([slug, list]) => [
      slug,
      list.map(({ label, rule }) => `${label}: ${rule.slug ?? `(${rule.name})`}`),
    ]),
  );
}

describe('sigmaRelations', () => {
  it('reads a relation from both ends, by ID in any letter case', async () => {
    const found = await relations({
      'sigma/a.yml': rule('New', uuid(10), [[uuid(11).toUpperCase(), 'obsolete']]),
      'sigma/b.yml': rule('Old', uuid(11)),
    });
    expect(found).toEqual({ new: ['Replaces: old'], old: ['Replaced by: new'] });
  });

  it('lists once what both ends name', async () => {
    const found = await relations({
      'sigma/a.yml': rule('One', uuid(1), [[uuid(2), 'similar']]),
      'sigma/b.yml': rule('Two', uuid(2), [[uuid(1), 'similar']]),
    });
    expect(found).toEqual({ one: ['Similar: two'], two: ['Similar: one'] });
  });

  it('keeps the ID of a rule that is not here, and a type that Sigma does not define', async () => {
    const found = await relations({
      'sigma/a.yml': rule('One', uuid(1), [
        [uuid(3), 'derived'],
        [uuid(2), 'cousin'],
      ]),
      'sigma/b.yml': rule('Two', uuid(2)),
    });
    expect(found).toEqual({ one: [`Derived from: (${uuid(3)})`, 'cousin: two'], two: ['Named by: one'] });
  });
});
