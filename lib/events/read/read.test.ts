import { gzipSync as deflated } from 'node:zlib';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readAll, readEvents } from './read.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, options = {}) => readAll(bytes(text), options);

const XML = (id: string, data = '', system = '') =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='P' Guid='{G}'/><EventID>${id}</EventID><TimeCreated SystemTime='2025-10-08T11:03:46.617920300Z'/><EventRecordID>7</EventRecordID><Channel>Security</Channel><Computer>ws1.example.org</Computer>${system}</System><EventData>${data}</EventData></Event>`;

describe('formats are told by content', () => {
  const cases: [string, string, number][] = [
    ['ndjson', '{"a":1}\n{"a":2}\n', 2],
    ['ndjson', '{"Records":[{"eventName":"A"},{"eventName":"B"}]}', 2],
    ['json', '[\n {"a":1},\n {"a":{"b":[1,2]}}\n]\n', 2],
    ['json', '{\n "a": 1\n}\n{\n "a": 2\n}\n', 2],
    ['json', '{"a":1}{"a":2}', 2],
    ['ndjson', '{"a":0}\n{"a":1} {"a":2}\n{"a":3}\n', 4],
    ['json', '{\n "@odata.context": "x",\n "value": [\n {"id":1},\n {"id":2},\n {"id":3}\n ]\n}', 3],
    [
      'csv',
      'time,src,user\n2025-01-01T00:00:00Z,10.0.0.1,"a ""b"", c"\n2025-01-01T00:00:01Z,10.0.0.2,"two\nlines"\n',
      2,
    ],
    ['xml-winevent', `${XML('1')}\n${XML('2')}\n`, 2],
    [
      'xml-winevent',
      `<?xml version="1.0"?>\n<Events>\n${XML('1').replace(/></g, '>\n  <')}\n${XML('2')}</Events>`,
      2,
    ],
    [
      'winevent-kv',
      '07/20/2022 06:33:56 AM\nLogName=Security\nEventCode=4662\nMessage=Text\n\nSubject :\n\tAccount Name:\t\tbob\n07/20/2022 06:34:56 AM\nLogName=Security\nEventCode=4624\n',
      2,
    ],
    [
      'auditd',
      'type=PATH msg=audit(1781194335.799:10901): item=1 name="/x"\u001dOUID="root"\ntype=EOE msg=audit(1781194335.799:10901): \n',
      2,
    ],
    [
      'syslog',
      'Jan 16 03:48:22 host1 sshd[1]: Accepted password for a from 10.0.0.1 port 1 ssh2\n<34>1 2003-10-11T22:14:15.003Z host2 su - ID47 - text\n',
      2,
    ],
    [
      'w3c',
      '#Software: IIS\n#Fields: date time c-ip cs-method cs(User-Agent)\n2025-01-01 10:00:00 10.0.0.1 GET curl\n2025-01-01 10:00:01 10.0.0.2 GET -\n',
      2,
    ],
    ['text', '2025-01-01 10:00:00 first\n  more of it\n2025-01-01 10:00:01 second\n', 2],
  ];
  test.each(cases)('%s: %s', async (format, content, count) => {
    const { records, summary } = await read(content);
    expect(summary.format).toBe(format);
    expect(records).toHaveLength(count);
    expect(summary.skipped).toEqual([]);
    expect(summary.warnings.filter(({ code }) => code === 'input-error')).toEqual([]);
  });

  test('no bytes, no records, no complaint', async () => {
    const { records, summary } = await read('');
    expect(records).toEqual([]);
    expect(summary.counts).toEqual({ bytes: 0, records: 0, skipped: 0, skippedBytes: 0 });
  });

  test('bytes of no known format are one skipped piece', async () => {
    const { records, summary } = await readAll(new Uint8Array([0, 1, 2, 0xff, 0, 9, 9]));
    expect(records).toEqual([]);
    expect(summary.skipped).toMatchObject([{ offset: 0, length: 7 }]);
  });
});

describe('records', () => {
  test('offsets are those of the first byte, also behind text that is not ASCII', async () => {
    const content = '{"a":"é€😀"}\n\n{"a":2}\r\n{"a":3}';
    const { records } = await read(content);
    const whole = bytes(content);
    for (const record of records) {
      expect(new TextDecoder().decode(whole.subarray(record.offset)).startsWith(record.raw)).toBe(true);
    }
    expect(records.map(({ number }) => number)).toEqual([0, 1, 2]);
  });

  test('metadata comes from the content and can be set', async () => {
    const own = (await read(XML('4688'))).records[0];
    expect(own).toMatchObject({
      host: 'ws1.example.org',
      source: 'XmlWinEventLog:Security',
      sourcetype: 'XmlWinEventLog',
      index: 'main',
    });
    expect(own?.time).toBeCloseTo(1759921426.61792, 5);
    const set = (
      await read(XML('4688'), { host: 'h', source: 's', sourcetype: 'XmlWinEventLog', index: 'win' })
    ).records[0];
    expect(set).toMatchObject({ host: 'h', source: 's', sourcetype: 'XmlWinEventLog', index: 'win' });
  });

  test('event types can be set too', async () => {
    expect((await read(XML('4688'), { eventtype: ['mine'] })).records[0]?.eventtype).toEqual(['mine']);
  });

  test('channel names match in any letter case', async () => {
    const { records } = await read(XML('4688').replace('Security</Channel>', 'security</Channel>'));
    expect(records[0]?.eventtype).toContain('wineventlog_security');
  });

  test("Splunk's exports keep their fields and metadata", async () => {
    const row = {
      preview: false,
      result: {
        _time: '2026-07-23T14:40:00.000+0000',
        host: 'h1',
        sourcetype: 'x',
        'a.b': '1',
        m: ['1', '2'],
        _raw: 'text',
      },
    };
    const { records } = await read(JSON.stringify(row));
    expect(records[0]).toMatchObject({ raw: 'text', host: 'h1', sourcetype: 'x', time: 1784817600 });
    expect(records[0]?.fields.get('a.b')).toBe('1');
    expect(records[0]?.fields.get('m')).toEqual(['1', '2']);
    const csv = await read('"_raw","_time",host,__mv_m,m\n"a=1","1700000000.5",h2,"$x$;$y$","x\ny"\n');
    expect(csv.records[0]).toMatchObject({ raw: 'a=1', host: 'h2', time: 1700000000.5 });
    expect(csv.records[0]?.fields.get('m')).toEqual(['x', 'y']);
  });

  test('empty lines inside a record stay, those around it do not', async () => {
    const { records } = await read(
      '\n01/02/2025 01:00:00 AM\nLogName=Security\nMessage=A.\n\nSubject:\n\tAccount Name:\t\tbob\n\n\n01/02/2025 01:00:01 AM\nLogName=Security\n\n',
    );
    expect(records.map(({ raw }) => raw)).toEqual([
      '01/02/2025 01:00:00 AM\nLogName=Security\nMessage=A.\n\nSubject:\n\tAccount Name:\t\tbob',
      '01/02/2025 01:00:01 AM\nLogName=Security',
    ]);
    expect(records.map(({ offset }) => offset)).toEqual([1, 84]);
  });

  test("a risk event's source is the search that wrote it, whatever is stated", async () => {
    const { records } = await read(
      '1642999416, search_name="A - Rule", risk_score="80", annotations.mitre_attack="T1", annotations.mitre_attack="T2"\n',
      { sourcetype: 'stash', source: 'x' },
    );
    expect(records[0]?.source).toBe('A - Rule');
    expect(records[0]?.fields.get('annotations.mitre_attack')).toEqual(['T1', 'T2']);
  });

  test('events in envelopes: HEC, Elastic, CloudTrail look-ups, CloudWatch', async () => {
    const cases: [unknown, string, string][] = [
      [{ event: { a: 1 }, host: 'h', sourcetype: 's' }, 'a', '1'],
      [{ _index: 'i', _source: { a: { b: 2 } } }, 'a.b', '2'],
      [{ EventId: 'x', CloudTrailEvent: '{"eventName":"ConsoleLogin"}' }, 'eventName', 'ConsoleLogin'],
      [
        {
          messageType: 'DATA_MESSAGE',
          owner: '1',
          logEvents: [{ id: '1', timestamp: 1700000000000, message: '{"kind":"Event","auditID":"9"}' }],
        },
        'auditID',
        '9',
      ],
      [{ hits: { hits: [{ _index: 'i', _source: { a: 3 } }] } }, 'a', '3'],
    ];
    for (const [value, name, expected] of cases) {
      const { records } = await read(JSON.stringify(value));
      expect(records).toHaveLength(1);
      expect(records[0]?.fields.get(name)).toBe(expected);
    }
  });

  test('UTF-16 text is read', async () => {
    const content = '{"a":"ä"}\r\n{"a":"b"}\r\n';
    const wide = new Uint8Array(2 + content.length * 2);
    wide.set([0xff, 0xfe]);
    for (const [at, char] of [...content].entries()) wide[2 + at * 2] = char.charCodeAt(0);
    const { records, summary } = await readAll(wide);
    expect(records.map(({ fields }) => fields.get('a'))).toEqual(['ä', 'b']);
    expect(summary.warnings).toMatchObject([{ code: 'text-transcoded' }]);
  });
});

describe('damage is counted and shown with its offset', () => {
  test('a torn last line', async () => {
    const { records, summary } = await read('{"a":1}\n{"a":2}\n{"a":3,"b":"');
    expect(records).toHaveLength(2);
    expect(summary.skipped).toMatchObject([{ offset: 16, length: 12 }]);
  });

  test('a torn object in the middle of pretty-printed ones', async () => {
    const { records, summary } = await read('{\n "a": 1\n}\n{\n "a": {"b": 2,\n{\n "a": 3\n}\n');
    expect(records.map(({ fields }) => fields.get('a'))).toEqual(['1', '3']);
    expect(summary.skipped).toMatchObject([{ offset: 12 }]);
  });

  test('lines of another format among JSON lines are read as what they are', async () => {
    const { records, summary } = await read(`{"a":1}\n${XML('4624')}\nnot an event\n{"a":2}\n`);
    expect(records.map(({ sourcetype }) => sourcetype)).toEqual(['_json', 'XmlWinEventLog', '_json']);
    expect(summary.alsoFormats).toEqual(['xml-winevent']);
    expect(summary.skipped).toMatchObject([{ length: 12 }]);
  });

  test('pretty-printed objects among JSON lines', async () => {
    const { records, summary } = await read('{"a":1}\n{\n  "a": 2\n}\n{"a":3}\n');
    expect(records.map(({ fields }) => fields.get('a'))).toEqual(['1', '2', '3']);
    expect(summary.counts.skipped).toBe(0);
  });

  test('a JSON line that is broken inside keeps its text, and the summary says so once fields are asked for', async () => {
    const { records, summary } = await read('{"a":1}\n{"a":oops}\n');
    expect(records).toHaveLength(2);
    expect(records[1]?.raw).toBe('{"a":oops}');
    expect(records[1]?.fields.get('a')).toBeUndefined();
    expect(summary.warnings).toMatchObject([{ code: 'json-invalid' }]);
  });

  test('XML that is cut short is read as far as it goes', async () => {
    const torn = XML('4104', "<Data Name='ScriptBlockText'>function x {").slice(
      0,
      -'</EventData></Event>'.length,
    );
    const { records, summary } = await read(`${XML('1')}\n${torn}\n${XML('2')}\n`);
    expect(records).toHaveLength(3);
    expect(records[1]?.fields.get('EventCode')).toBe('4104');
    expect(records[1]?.fields.get('ScriptBlockText')).toContain('function x {');
    expect(summary.warnings).toMatchObject([{ code: 'xml-event-truncated' }]);
  });

  test('no entity is expanded; a DOCTYPE is refused and said', async () => {
    const doctype =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>\n';
    const { records, summary } = await read(
      doctype + XML('1', "<Data Name='V'>&b;&f;&amp;&lt;&#65;&#x42;&unknown;</Data>"),
    );
    expect(records).toHaveLength(1);
    expect(records[0]?.fields.get('V')).toBe('&b;&f;&amp;&lt;&#65;&#x42;&unknown;');
    expect(summary.warnings).toMatchObject([{ code: 'xml-doctype-refused' }]);
    expect(summary.skipped).toMatchObject([{ offset: 0 }]);
  });

  test('a record beyond the limit is skipped, the next one read', async () => {
    const long = `{"a":"${'x'.repeat(5000)}"}`;
    const { records, summary } = await read(`{"a":1}\n${long}\n{"a":3}\n`, { limits: { recordBytes: 1000 } });
    expect(records.length + summary.counts.skipped).toBe(3);
    expect(records.at(-1)?.fields.get('a')).toBe('3');
  });
});

describe('compressed input', () => {
  const content = `${XML('1')}\n${XML('2')}\n`;

  test('gzip, also of several members', async () => {
    const one = gzipSync(strToU8(content));
    const two = new Uint8Array(one.length * 2);
    two.set(one);
    two.set(one, one.length);
    expect((await readAll(one)).records).toHaveLength(2);
    expect((await readAll(two)).records).toHaveLength(4);
  });

  test('a torn gzip gives what was inflated, and says it is torn', async () => {
    const long = Array.from(
      { length: 5000 },
      (_, n) => `{"a":${n},"b":"${(n * 2654435761) % 4294967296}"}`,
    ).join('\n');
    const packed = gzipSync(strToU8(long));
    const { records, summary } = await readAll(packed.subarray(0, packed.length >> 1));
    expect(records.length).toBeGreaterThan(100);
    expect(summary.warnings).toMatchObject([{ code: 'gzip-damaged' }]);
  });

  test('zip: each member by its own format, in order', async () => {
    const packed = zipSync({
      'a/events.xml': strToU8(content),
      'b.json': strToU8('{"a":1}\n{"a":2}\n'),
      'c.txt': [strToU8('2025-01-01 00:00:00 x'), { level: 0 }],
    });
    const { records, summary } = await readAll(packed);
    expect(records).toHaveLength(5);
    expect([summary.format, ...summary.alsoFormats]).toEqual(['xml-winevent', 'ndjson', 'text']);
    expect(summary.warnings).toEqual([]);
  });

  test('a bomb is stopped at the limit', async () => {
    const bomb = deflated(new Uint8Array(40 << 20));
    const { summary } = await readAll(bomb, { limits: { inflatedBytes: 8 << 20 } });
    expect(summary.counts.bytes).toBeLessThan(20 << 20);
    expect(summary.warnings).toMatchObject([{ code: 'inflate-limit' }]);
    const ratio = await readAll(deflated(new Uint8Array(80 << 20)), { limits: { inflateRatio: 100 } });
    expect(ratio.summary.warnings).toMatchObject([{ code: 'inflate-limit' }]);
    const zip = await readAll(zipSync({ 'x.log': new Uint8Array(10 << 20) }), {
      limits: { inflatedBytes: 1 << 20 },
    });
    expect(zip.summary.warnings).toMatchObject([{ code: 'inflate-limit' }]);
  });
});

describe('streams', () => {
  test('a ReadableStream and an async iterable give what the bytes give; progress is told', async () => {
    const content = bytes(Array.from({ length: 500 }, (_, n) => `{"a":${n}}\n`).join(''));
    const pieces = Array.from({ length: Math.ceil(content.length / 700) }, (_, n) =>
      content.slice(n * 700, n * 700 + 700),
    );
    let told = 0;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    const one = await readAll(stream, {
      onProgress: ({ bytes: seen }) => {
        told = seen;
      },
    });
    const two = await readAll(
      (async function* () {
        yield* pieces;
      })(),
    );
    expect(one.records).toHaveLength(500);
    expect(told).toBe(content.length);
    expect(two.records.map(({ raw }) => raw)).toEqual(one.records.map(({ raw }) => raw));
  });

  test('aborting stops, and says so', async () => {
    const abort = new AbortController();
    const stream = readEvents(bytes('{"a":1}\n'.repeat(400_000)), { signal: abort.signal });
    let seen = 0;
    for await (const batch of stream) {
      seen += batch.length;
      abort.abort();
    }
    expect(seen).toBeLessThan(400_000);
    expect(stream.summary.warnings).toMatchObject([{ code: 'read-aborted' }]);
  });

  test('an input that fails keeps what was read', async () => {
    const { records, summary } = await readAll(
      (async function* () {
        yield bytes(`{"a":1}\n${'{"a":2}\n'.repeat(20_000)}`);
        throw new Error('connection lost');
      })(),
    );
    expect(records.length).toBeGreaterThan(1000);
    expect(summary.warnings).toMatchObject([{ code: 'input-error' }]);
  });
});
