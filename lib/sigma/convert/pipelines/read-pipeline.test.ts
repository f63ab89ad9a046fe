import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSigma } from '../../rule/read.ts';
import { convert } from '../convert.ts';
import { PIPELINES } from './index.ts';
import type { Pipeline } from './pipeline.ts';
import { pipelineCodes, readPipeline } from './read-pipeline.ts';

const rule = readSigma(
  "title: T\nlogsource: {product: windows, category: process_creation}\ndetection:\n  s: {Image|endswith: '\\x.exe', EventID: 1, Hashes|contains: MD5=ab, Other: y}\n  condition: s\n",
).documents[0]!;

/** One category and a list of one are the same. */
const settled = ({ parts, ...rest }: Pipeline) => ({
  ...rest,
  parts: parts.map(({ when, ...part }) => ({
    ...part,
    when: { ...when, category: [when?.category ?? []].flat() },
  })),
});

describe('a pipeline of a content folder', () => {
  const text = `name: ours
title: Our names
backends: [splunk, duckdb]
parts:
  - when: {product: windows, category: [process_creation, image_load]}
    fields: {Image: process.path, EventID: event.code}
    prefix: win.
    demands:
      - {field: index, values: [main, 7]}
    hashes: {md5: hash_md5}
  - when: {product: linux}
    fields: {Image: never}
`;

  it('has the shape of those that come along', () => {
    const { pipeline, diagnostics } = readPipeline(text, 'pipelines/ours.yml');
    expect(diagnostics).toEqual([]);
    const made = convert(rule, { backend: 'duckdb', pipeline: 'ours', pipelines: [pipeline!] });
    expect(made.output).toBe(
      `SELECT * FROM events WHERE ("index" ILIKE 'main' ESCAPE '\\' OR "index" = '7') AND "process.path" ILIKE '%\\\\x.exe' ESCAPE '\\' AND "event.code" = '1' AND hash_md5 ILIKE 'ab%' ESCAPE '\\' AND "win.Other" ILIKE 'y' ESCAPE '\\'`,
    );
    expect(convert(rule, { backend: 'eql', pipeline: 'ours', pipelines: [pipeline!] }).error).toMatchObject({
      code: 'convert-backend',
    });
  });

  it('may stand on another', () => {
    const { pipeline } = readPipeline(
      'name: a\nextends: ecs_windows\nparts:\n- fields: {Image: exe}\n',
      'a.yml',
    );
    const { output } = convert(rule, { backend: 'eql', pipeline: 'a', pipelines: [pipeline!] });
    expect(output).toContain('exe:"*\\\\x.exe" and event.code:"1" and winlog.event_data.Hashes:"*MD5=ab*"');
  });

  it.each(PIPELINES.map((one) => [one.name, one] as const))('can say whatever %s says', (name, theirs) => {
    const keys = /"(?:needsTable|lastParts)":/g;
    const written = JSON.stringify({ ...theirs, name: 'ours' }).replace(keys, (key) =>
      key.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`),
    );
    const { pipeline, diagnostics } = readPipeline(written, 'ours.yml');
    expect(diagnostics).toEqual([]);
    expect(settled({ ...pipeline!, name })).toEqual(settled(theirs));
  });

  it('gives a field several names, and values and beginnings the ones that they have there', () => {
    const { pipeline, diagnostics } = readPipeline(
      `name: ours
parts:
  - fields: {Image: [source, target], Initiated: direction, TargetObject: key, Gone: [g1, g2], Parent: parent}
    last_parts: [Parent]
    values: {Initiated: {True: [out, egress], false: in}}
    beginnings: {TargetObject: {'HKLM\\': 'HKEY_LOCAL_MACHINE\\'}}
`,
      'ours.yml',
    );
    expect(diagnostics).toEqual([]);
    const sql = (detection: string) => {
      const file = readSigma(
        `title: T\nlogsource: {product: a}\ndetection:\n  s: ${detection}\n  condition: s\n`,
      );
      const { output, error } = convert(file.documents[0]!, {
        backend: 'kql',
        pipeline: 'ours',
        pipelines: [pipeline!],
      });
      return output ?? error!.code;
    };
    expect(sql('{Image: a}')).toBe('source: "a" or target: "a"');
    expect(sql("{Initiated: 'true'}")).toBe('direction: ("out" or "egress")');
    expect(sql('{Initiated: FALSE}')).toBe('direction: "in"');
    expect(sql('{Initiated|contains: tru}')).toBe('direction: *tru*');
    expect(sql("{TargetObject|startswith: 'hklm\\a'}")).toBe('key: HKEY_LOCAL_MACHINE\\\\a*');
    expect(sql("{Parent: 'C:\\a\\b.exe'}")).toBe('parent: "b.exe"');
    expect(sql("{Parent|endswith: '\\b*.exe'}")).toBe('parent: b*.exe');
    expect(sql("{Parent|contains: '\\a\\'}")).toBe('convert-value');
    expect(sql('{Gone: null}')).toBe('not g1: * and not g2: *');
  });

  it.each([
    ['- a', 'pipeline-empty', 1, 1],
    ['a: [', 'yaml-syntax', 1, 5],
    ['parts: []', 'pipeline-key-missing', 1, 1],
    ['name: a', 'pipeline-key-missing', 1, 1],
    ['name: none\nparts: []', 'pipeline-name-taken', 1, 7],
    ['name: a\nextends: b\nparts: []', 'pipeline-extends-unknown', 2, 10],
    ['name: a\nbackends: [b]\nparts: []', 'pipeline-backend-unknown', 2, 11],
    ['name: a\nunmapped: drop\nparts: []', 'pipeline-value-type', 2, 11],
    ['name: a\nneeds_table: 3\nparts: []', 'pipeline-value-type', 2, 14],
    ['name: a\nparts: x', 'pipeline-value-type', 2, 8],
    ['name: a\nparts:\n- feilds: {a: b}', 'pipeline-key-unknown', 3, 3],
    ['name: a\nparts:\n- fields: [a]', 'pipeline-value-type', 3, 11],
    ['name: a\nparts:\n- fields: {a: {b: c}}', 'pipeline-value-type', 3, 15],
    ['name: a\nparts:\n- fields: {a: []}', 'pipeline-value-type', 3, 15],
    ['name: a\nparts:\n- values: {a: b}', 'pipeline-value-type', 3, 15],
    ['name: a\nparts:\n- beginnings: {a: {b: [c]}}', 'pipeline-value-type', 3, 23],
    ['name: a\nbackends: [constructor]\nparts: []', 'pipeline-backend-unknown', 2, 11],
    ['name: a\nparts:\n- demands: [{field: b}]', 'pipeline-key-missing', 3, 13],
  ])('is refused with its place: %j', (broken, code, line, column) => {
    const { pipeline, diagnostics } = readPipeline(broken, 'a.yml');
    expect(pipeline).toBeUndefined();
    expect(diagnostics[0]).toMatchObject({
      code,
      severity: 'error',
      path: 'a.yml',
      position: { line, column },
    });
  });

  it('is shown by the guide as it is read, with every code', () => {
    const guide = new URL('../../../../content/guides/writing-a-pipeline.mdx', import.meta.url);
    expect(existsSync(guide)).toBe(true);
    const written = readFileSync(guide, 'utf8');
    for (const code of Object.keys(pipelineCodes)) expect(written).toContain(`\`${code}\``);
    const blocks = [...written.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block!);
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks) {
      const { pipeline, diagnostics } = readPipeline(block, 'guide.yml');
      expect(diagnostics).toEqual([]);
      expect(pipeline?.parts.length).toBeGreaterThan(0);
    }
  });
});
