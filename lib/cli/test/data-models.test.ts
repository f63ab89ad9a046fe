import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../content/compile.ts';
import { contentFolder, detectionText, uuid } from '../../content/test-folder.ts';
import { main as run } from '../commands/run.ts';
import { main as test } from '../commands/test.ts';
import { called } from '../test-io.ts';
import { EvidenceCache } from './cache.ts';
import { collectEvidence } from './collect.ts';
import { readDataModels } from './data-models.ts';

const MODEL = `name: Doors
datasets:
  - name: Openings
    where: { sourcetype: ["doors:*"], code: [4688] }
    fields:
      - code
      - room
      - { name: who, from: [badge], by: lower }
`;
const SEARCH = '| tstats count from datamodel=Doors.Openings where Openings.who=ann by Openings.room';
const TESTS =
  'tests:\n  - name: True positive\n    attack_data:\n      - data: samples/a.ndjson\n        source: doors\n        sourcetype: doors:log\n    expected_results: 1\n';
const EVENTS =
  '{"code":4688,"badge":"ANN","room":"r1"}\n{"code":1,"badge":"ANN","room":"r2"}\n{"code":4688,"badge":"BOB","room":"r3"}\n';

const folder = (model: string, name = 'data_models/doors.yml') =>
  contentFolder({
    [name]: model,
    'detections/endpoint/d.yml': detectionText('D One', uuid(1), SEARCH, TESTS),
    'samples/a.ndjson': EVENTS,
  });

describe('data models of a content folder', () => {
  it('are read from YAML and JSON, and are no content of another kind', async () => {
    const yaml = readDataModels([folder(MODEL)]);
    expect(yaml.diagnostics).toEqual([]);
    expect(yaml.models[0]?.datasets[0]?.where).toEqual({ sourcetype: ['doors:*'], code: ['4688'] });
    const json = readDataModels([folder(JSON.stringify(yaml.models[0]), 'data_models/doors.json')]);
    expect(json).toEqual(yaml);
    expect(
      (await compile([folder(MODEL)])).diagnostics.filter(({ path }) => path?.includes('data_models')),
    ).toEqual([]);
  });

  it('serve the tests and the runs of its detections', async () => {
    const content = folder(MODEL);
    expect(await called(test, '--content', content)).toMatchObject({ code: 0, err: '' });
    const ran = await called(
      run,
      ...['--content', content, '--spl', SEARCH, '--events', join(content, 'samples/a.ndjson')],
      ...['--sourcetype', 'doors:log', '--format', 'ndjson'],
    );
    expect(JSON.parse(ran.out)).toEqual({ 'Openings.room': 'r1', count: 1 });
  });

  it('that are wrong are said by name, and the rest is done without them', async () => {
    const { out, err } = await called(test, '--content', folder('name: Doors\n'));
    expect(out).toContain('Doors.Openings');
    expect(err).toContain('error data-model-invalid data_models/doors.yml: A data model is an object');
    const broken = await called(test, '--content', folder('name: "Doors\n'));
    expect(broken.err).toContain('data_models/doors.yml: The file cannot be read');
  });

  it('decide whether a result still holds', async () => {
    const cache = new EvidenceCache();
    const status = async (model: string) => {
      const roots = [folder(model)];
      const { detections } = await collectEvidence(await compile(roots), { roots, cache });
      return detections[0]?.status;
    };
    expect(await status(MODEL)).toBe('passing');
    expect(await status(MODEL.replace('badge', 'room'))).toBe('failing');
  });
});
