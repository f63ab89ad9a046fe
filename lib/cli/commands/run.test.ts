import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentFolder, detectionText, uuid } from '../../content/test-folder.ts';
import { called } from '../test-io.ts';
import { main } from './run.ts';

const call = (...args: string[]) => called(main, ...args);

const xml = (id: number, name: string) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>${id}</EventID><TimeCreated SystemTime='2026-01-01T00:00:0${id}.000Z'/><Computer>h1</Computer><Channel>Microsoft-Windows-Sysmon/Operational</Channel></System><EventData><Data Name='Image'>C:\\${name}</Data></EventData></Event>\n`;
const folder = contentFolder({
  'detections/endpoint/d.yml': detectionText(
    'D One',
    uuid(1),
    'EventCode=1 Image=*a.exe | stats count by Image | where count > 9',
  ),
  'a.xml': xml(1, 'a.exe') + xml(3, 'a.exe') + xml(1, 'b.exe'),
  'b.ndjson': '{"EventCode":"1","Image":"C:\\\\x\\\\a.exe"}\n',
});
const files = [join(folder, 'a.xml'), join(folder, 'b.ndjson')];

describe('run', () => {
  it('takes several files of several formats, with metadata for all', async () => {
    const { out } = await call(
      '--spl',
      'index=i sourcetype=s | stats count by host source',
      '--events',
      ...files,
      ...['--host', 'h', '--source', 'src', '--sourcetype', 's', '--index', 'i', '--format', 'ndjson'],
    );
    expect(JSON.parse(out)).toEqual({ host: 'h', source: 'src', count: 4 });
  });

  it('shows which events met the conditions, by file and number, also when no row is left', async () => {
    const { code, out, err } = await call(
      'D One',
      '--content',
      folder,
      '--events',
      ...files,
      '--show-events',
    );
    expect(code).toBe(0);
    expect(out).toBe(`${files[0]}\t0\n${files[1]}\t0\n`);
    expect(err).toContain('2 of 4 events met the conditions; 0 rows');
    const json = await call(
      'D One',
      '--content',
      folder,
      '--events',
      ...files,
      '--show-events',
      '--format',
      'json',
    );
    expect(JSON.parse(json.out)).toEqual(files.map((file) => ({ file, number: 0 })));
  });
});
