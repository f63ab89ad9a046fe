import { expect, it, vi } from 'vitest';
import { readAll } from '../read/read.ts';
import { FAMILIES, goesBy } from './source-families.ts';
import type { SourceType } from './source-type.ts';
import { ORDER } from './source-types.ts';

const tables = await Promise.all(
  FAMILIES.map(async ({ names, load }) => ({ names, types: Object.entries(await load()) })),
);

it('has each source type once, in the order of all', () => {
  expect(tables.flatMap(({ types }) => types.map(([name]) => name)).sort()).toEqual([...ORDER].sort());
});

/** What a name stands for without its trailing `*`, which every longer sourcetype begins with. */
const shortest = (name: string) => name.toLowerCase().replace(/\*$/, '');
const covers = (name: string, own: string) =>
  goesBy(shortest(own), name) && (name.endsWith('*') || !own.endsWith('*'));

it('loads the family of every name that a source type goes by', () => {
  const namesOf = ({ sourcetype, names = [] }: SourceType) => [sourcetype, ...names];
  const lost = tables.flatMap(({ names, types }) =>
    types.flatMap(([, type]) => namesOf(type).filter((own) => !names.some((name) => covers(name, own)))),
  );
  expect(lost).toEqual([]);
});

const SYSMON =
  "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>1</EventID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>a</Computer></System><EventData><Data Name='Image'>C:\\cmd.exe</Data></EventData></Event>\n";
const TRAIL =
  '{"eventVersion":"1.08","eventSource":"iam.amazonaws.com","eventName":"CreateUser","awsRegion":"us-east-1","userIdentity":{"type":"Root"}}\n';

const bytes = (text: string) => new TextEncoder().encode(text);

it('says that tables are missing, never reads wrong fields; settles events that are not what they are called', async () => {
  vi.resetModules();
  const { loadSourceTypes, settleSourceTypes, SourceTypesMissing } = await import('./source-types.ts');
  const fresh = await import('../read/read.ts');
  const options = { sourcetype: 'XmlWinEventLog', sourceTypes: 'stated' } as const;
  const told = (await fresh.readAll(bytes(SYSMON), options)).records[0]!;
  expect(told.fields.get('process_name')).toBe('cmd.exe');
  const { records } = await fresh.readAll(bytes(TRAIL), options);
  expect(() => records[0]!.fields).toThrow(SourceTypesMissing);
  await settleSourceTypes(records);
  const all = await readAll(bytes(TRAIL), { sourcetype: options.sourcetype });
  expect([...records[0]!.fields]).toEqual([...all.records[0]!.fields]);
  expect(records[0]!.fields.get('vendor_product')).toBe('Amazon Web Services CloudTrail');
  await expect(loadSourceTypes('never heard of')).resolves.toBeUndefined();
});
