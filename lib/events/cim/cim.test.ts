import { describe, expect, test } from 'vitest';
import { plainRecord } from '../plain-record.ts';
import { readAll } from '../read/read.ts';
import { DATA_MODELS, dataModels, readDataModel } from './data-models.ts';
import { readerOf } from './dataset.ts';
import { loadModels, MODEL_FILES } from './model-files.ts';

const models = dataModels();
const dataset = (model: string, name?: string) => {
  const found = models.dataset(model, name);
  if (found === undefined) throw new Error(`no dataset ${model}.${name}`);
  return found;
};

const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
const event = (channel: string, id: string, data: Record<string, string>) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${channel === SYSMON ? 'Microsoft-Windows-Sysmon' : 'Microsoft-Windows-Security-Auditing'}'/><EventID>${id}</EventID><Keywords>0x8020000000000000</Keywords><TimeCreated SystemTime='2025-10-08T11:03:46.6179203Z'/><Channel>${channel}</Channel><Computer>ws1</Computer></System><EventData>${Object.entries(
    data,
  )
    .map(([name, value]) => `<Data Name='${name}'>${value}</Data>`)
    .join('')}</EventData></Event>`;

async function rowOf(xml: string, model: string, name: string) {
  const { records } = await readAll(new TextEncoder().encode(xml));
  const [record] = records;
  if (record === undefined) throw new Error('no record');
  const found = dataset(model, name);
  return { why: found.whyNot(readerOf(record)), row: Object.fromEntries(found.row(readerOf(record))) };
}

describe('Endpoint', () => {
  test('Sysmon 1 is a process, with calculated and defaulted fields', async () => {
    const xml = event(SYSMON, '1', {
      Image: 'C:\\Windows\\System32\\cmd.exe',
      CommandLine: 'cmd.exe /c whoami',
      ParentImage: 'C:\\x\\Y.exe',
      User: 'ACME\\bob',
      IntegrityLevel: 'High',
      ProcessId: '7',
    });
    const { why, row } = await rowOf(xml, 'Endpoint', 'Processes');
    expect(why).toBeUndefined();
    expect(row).toMatchObject({
      dest: 'ws1',
      user: 'bob',
      process: 'cmd.exe /c whoami',
      process_name: 'cmd.exe',
      parent_process_name: 'Y.exe',
      parent_process: 'unknown',
      original_file_name: 'unknown',
      process_integrity_level: 'high',
      process_id: '7',
    });
    expect(row.process_guid).toBeUndefined();
  });

  test('Security 4688 is a process; 4689 is not', async () => {
    const created = event('security', '4688', {
      NewProcessName: 'C:\\a\\b.exe',
      NewProcessId: '0x10',
      ProcessId: '0x4',
      ParentProcessName: 'C:\\c\\d.exe',
      CommandLine: 'b -x',
      SubjectUserName: 'bob',
    });
    expect(await rowOf(created, 'Endpoint', 'Processes')).toMatchObject({
      why: undefined,
      row: {
        process_name: 'b.exe',
        process: 'b -x',
        process_id: '0x10',
        parent_process_id: '0x4',
        parent_process_name: 'd.exe',
        user: 'bob',
      },
    });
    expect(
      (await rowOf(event('Security', '4689', { ProcessName: 'C:\\a\\b.exe' }), 'Endpoint', 'Processes')).why,
    ).toContain('Processes takes events tagged process and report');
  });

  test('a registry value: type words of Sysmon are taken off the data', async () => {
    const set = event(SYSMON, '13', {
      EventType: 'SetValue',
      TargetObject: 'HKLM\\Software\\A\\Enabled',
      Details: 'DWORD (0x00000001)',
      Image: 'C:\\r.exe',
    });
    expect(await rowOf(set, 'Endpoint', 'Registry')).toMatchObject({
      why: undefined,
      row: {
        registry_path: 'HKLM\\Software\\A\\Enabled',
        registry_key_name: 'HKLM\\Software\\A',
        registry_value_name: 'Enabled',
        registry_value_data: '0x00000001',
        registry_value_type: 'REG_DWORD',
        action: 'modified',
        registry_hive: 'HKEY_LOCAL_MACHINE',
      },
    });
  });

  test('a file', async () => {
    const created = event(SYSMON, '11', {
      TargetFilename: 'C:\\Temp\\a.ps1',
      CreationUtcTime: '2025-01-01',
      Image: 'C:\\r.exe',
    });
    expect(await rowOf(created, 'Endpoint', 'Filesystem')).toMatchObject({
      why: undefined,
      row: { file_path: 'C:\\Temp\\a.ps1', file_name: 'a.ps1', action: 'created', file_hash: 'unknown' },
    });
  });
});

describe('datasets', () => {
  test('a child narrows its parent down and keeps its prefix', () => {
    const failed = dataset('Authentication', 'Failed_Authentication');
    expect(failed.prefix).toBe('Authentication');
    const event = (action: string) => readerOf(plainRecord({ tag: ['authentication'], action, user: 'bob' }));
    expect(failed.accepts(event('failure'))).toBe(true);
    expect(failed.whyNot(event('success'))).toBe('Failed_Authentication: action is success, not failure');
    expect(dataset('Authentication').children).toContain('Failed_Privileged_Authentication');
  });

  test('app of Authentication falls back to the sourcetype', () => {
    const read = readerOf(plainRecord({ tag: 'authentication', sourcetype: 'linux_secure' }));
    expect(dataset('Authentication').value(read, 'app')).toBe('linux_secure');
  });

  test('an event typed by hand, with no tags at all, is taken by its fields', () => {
    const processes = dataset('Endpoint', 'Processes');
    expect(processes.accepts(readerOf(plainRecord({ process_name: 'a.exe', process: 'a' })))).toBe(true);
    expect(
      processes.accepts(readerOf(plainRecord({ process_name: 'a.exe', process: 'a', tag: 'web' }))),
    ).toBe(false);
    expect(processes.accepts(readerOf(plainRecord({ user: 'bob' })))).toBe(false);
  });

  test('names with a star stand for all with that beginning', () => {
    const read = readerOf(
      plainRecord({ 'annotations.mitre_attack': ['T1', 'T2'], tag: 'risk', risk_score: '5' }),
    );
    const risk = dataset('Risk', 'All_Risk');
    expect(risk.value(read, 'annotations.mitre_attack')).toEqual(['T1', 'T2']);
    expect(risk.value(read, 'calculated_risk_score')).toBe('5');
    expect(risk.has('no_such_field')).toBe(false);
    expect(risk.value(read, 'no_such_field')).toBeUndefined();
  });

  test('which event fields a field is made of', () => {
    expect(dataset('Endpoint', 'Processes').sourcesOf('process_name')).toEqual(['process_name', 'process']);
    expect(dataset('Web').sourcesOf('nothing')).toEqual([]);
  });

  test('every model names parents that it has, and no field twice', () => {
    for (const model of DATA_MODELS) {
      expect(readDataModel(JSON.parse(JSON.stringify(model))).diagnostics).toEqual([]);
      for (const { name } of model.datasets)
        expect(models.dataset(model.name, name)?.path).toBe(`${model.name}.${name}`);
    }
    expect(models.names).toHaveLength(14);
  });
});

describe('own models', () => {
  test('are read from JSON and replace one of the same name', () => {
    const { model } = readDataModel({
      name: 'Ours',
      datasets: [
        {
          name: 'Root',
          where: { sourcetype: ['ours:*'] },
          fields: ['a', { name: 'b', from: ['c'], by: 'lower', default: 'none' }],
        },
      ],
    });
    const own = dataModels(model === undefined ? [] : [model]).dataset('Ours');
    const read = readerOf(plainRecord({ sourcetype: 'ours:x', c: 'BIG' }));
    expect(own?.accepts(read)).toBe(true);
    expect(own?.value(read, 'b')).toBe('big');
    expect(own?.value(readerOf(plainRecord({})), 'b')).toBe('none');
  });

  test('what is wrong is said', () => {
    const codes = (json: unknown) => readDataModel(json, 'm.json').diagnostics.map(({ message }) => message);
    expect(codes([])).toEqual(['A data model is an object with `name` and `datasets`, a list.']);
    expect(
      codes({ name: 'A', datasets: [{ name: 'B', parent: 'C' }, {}, { name: 'D', tags: 'x' }] }),
    ).toHaveLength(3);
  });

  test('a circle of parents, an unknown change and fields of other kinds are said', () => {
    const said = (...datasets: unknown[]) =>
      readDataModel({ name: 'A', datasets }).diagnostics.map(({ message }) => message);
    expect(said({ name: 'B', parent: 'C' }, { name: 'C', parent: 'B' })).toEqual([
      'B narrows down itself.',
      'C narrows down itself.',
    ]);
    expect(said({ name: 'B' }, { name: 'B' })).toEqual(['Two datasets have one name.']);
    expect(said()).toEqual(['`datasets` is empty.']);
    expect(said({ name: 'B', where: { code: ['1'] } })).toEqual([
      'B asks for code, which is none of its fields; add it to `fields`.',
    ]);
    expect(said({ name: 'B', parent: 7 })).toContain('datasets[0].parent is not the name of a dataset.');
    expect(said({ name: 'B', fields: [{ name: 'x', from: 'y' }, 3, { name: 'z', by: 'upper' }] })).toEqual([
      'datasets[0].fields[0].from is not a list of field names.',
      'datasets[0].fields[1] is neither a name nor an object with a `name`.',
      'datasets[0].fields[2].by is one of lower, basename, length, urlHost, urlPath, commandFile.',
    ]);
  });
});

test('files of models have the models that they name, and all that come along', async () => {
  for (const { names, load } of MODEL_FILES) {
    expect(
      Object.values(await load())
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...names].sort());
  }
  expect((await loadModels()).map(({ name }) => name).sort()).toEqual(
    DATA_MODELS.map(({ name }) => name).sort(),
  );
  expect((await loadModels(new Set(['Web', 'Endpoint']))).map(({ name }) => name)).toContain('Web');
});
