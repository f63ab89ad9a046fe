import { describe, expect, test } from 'vitest';
import { readAll } from '../read/read.ts';
import { jsonFields } from './json-fields.ts';
import { cleanKey, kvFields } from './kv-fields.ts';
import { plan } from './steps.ts';
import { auditFields, winEventFields } from './text-fields.ts';
import { timeIn, timeOf } from './time.ts';
import { unescapeXml, xmlEventFields } from './xml-fields.ts';

const plain = (fields: Iterable<[string, unknown]>) => Object.fromEntries(fields);

describe('first fields', () => {
  test('JSON: lists, nesting, null, empty', () => {
    expect(
      plain(jsonFields({ a: { b: [1, { c: 'x' }, { c: 'y' }] }, n: null, e: '', t: true, empty: [], o: {} })),
    ).toEqual({
      'a.b{}': '1',
      'a.b{}.c': ['x', 'y'],
      n: 'null',
      e: '',
      t: 'true',
    });
  });

  test('key=value: quotes, equals signs in values, first value of a repeated key', () => {
    expect(plain(kvFields('user=alice note="not \\"found\\"" filter=a=b user=bob empty= x="a, b"'))).toEqual({
      user: 'alice',
      note: 'not "found"',
      filter: 'a=b',
      x: 'a, b',
    });
    expect(cleanKey('2026-01-15T10:00:00Z a')).toBe('T10_00_00Z_a');
  });

  test('a Windows event in XML: System, named, unnamed and repeated data, user data', () => {
    const fields = plain(
      xmlEventFields(
        "<Event><System><Provider Name='P' Guid='{G}'/><EventID Qualifiers='16384'>7045</EventID><Execution ProcessID='1' ThreadID='2'/></System><EventData><Data>a</Data><Data>b</Data><Data Name='Product Name'>&lt;x&gt;</Data><Data Name='Empty'></Data></EventData><UserData><Log xmlns='u'><Who>bob</Who></Log></UserData></Event>",
      ),
    );
    expect(fields).toMatchObject({
      Name: 'P',
      Guid: '{G}',
      EventID: '7045',
      EventCode: '7045',
      Qualifiers: '16384',
      ProcessID: '1',
      ThreadID: '2',
      Data: ['a', 'b'],
      // The add-on cuts values out of the text as they stand.
      Product_Name: '&lt;x&gt;',
      Who: 'bob',
    });
    expect(fields.UserData_Xml).toBe("<Log xmlns='u'><Who>bob</Who></Log>");
    expect('Empty' in fields).toBe(false);
  });

  test('references: five names and numbers, nothing else, no surrogates of its own', () => {
    expect(unescapeXml('&amp;lt; &#x1F600; &#0; &#99999999; &nbsp;')).toBe('&lt; 😀 &#0; &#99999999; &nbsp;');
  });

  test('classic Windows text: labels of several sections are multivalue', () => {
    const raw =
      '07/20/2022 06:33:56 AM\nLogName=Security\nEventCode=4624\nMessage=An account.\n\nSubject:\n\tAccount Name:\t\tA$\n\nNew Logon:\n\tAccount Name:\t\tbob\n\tLogon ID:\t\t0x1\n';
    expect(plain(winEventFields(raw, new Map()))).toMatchObject({
      LogName: 'Security',
      EventCode: '4624',
      Account_Name: ['A$', 'bob'],
      Logon_ID: '0x1',
    });
  });

  test('audit records: what follows the group separator, and pairs inside msg', () => {
    const raw =
      'type=ADD_USER msg=audit(1722950859.266:6994): pid=1788 uid=0 msg=\'op=adding user id=1002 res=success\'\u001dUID="root"';
    expect(plain(auditFields(raw, new Map()))).toMatchObject({
      type: 'ADD_USER',
      msg: 'audit(1722950859.266:6994)',
      pid: '1788',
      res: 'success',
      UID: 'root',
    });
  });
});

describe('time', () => {
  test.each([
    ['2026-01-15T10:00:00Z x', 1768471200],
    ['2026-01-15T10:00:00+0900', 1768438800],
    ['2025-11-27T07:40:10.1653240Z', 1764229210.165324],
    ['10.0.0.1 - - [06/Oct/2022:21:59:29.816 +0000] "GET"', 1665093569.816],
    ['02/17/2022 02:15:47 PM', 1645107347],
    ['02/17/2022 12:15:47 AM', 1645056947],
    ['type=X msg=audit(1723035666.627:3663): a', 1723035666.627],
    ['1,2022/05/10 11:08:38,0132', 1652180918],
    ['Tue Mar 29 13:03:51 2022 UTC', 1648559031],
    ['Sep 23 18:13:32 1.2.3.4 :2025-09-23T18:13:31Z: %ASA', 1758651211],
    ['no time here', null],
  ])('%s', (text, expected) => {
    const time = timeIn(text);
    if (expected === null) expect(time).toBeNull();
    else expect(time).toBeCloseTo(expected, 5);
  });

  test('numbers by their size', () => {
    expect([1723035666, 1723035666123, '1723035666.5', 1723035666123456, 12, ''].map(timeOf)).toEqual([
      1723035666,
      1723035666.123,
      1723035666.5,
      1723035666.123456,
      null,
      null,
    ]);
  });
});

describe('steps', () => {
  test('fill what is absent, unless told to replace; conditions ignore letter case', () => {
    const run = plan([
      { alias: { user: ['missing', 'dash', 'name'] } },
      { set: { a: 'kept', b: 'new' } },
      { set: { a: 'over' }, override: true, when: { kind: 'LOGON' } },
      { set: { never: 'x' }, when: { kind: ['other'] } },
      { derive: 'file', from: 'path', by: 'basename' },
      { map: 'result', from: 'code', table: { '0': 'ok' }, otherwise: 'bad' },
      { match: /(?<num>\d+)(?<none>z)?/, from: '_raw' },
    ]);
    const fields = new Map<string, string | string[]>([
      ['dash', '-'],
      ['name', 'bob'],
      ['a', 'first'],
      ['kind', 'logon'],
      ['path', 'C:\\x\\y.exe'],
      ['code', '7'],
    ]);
    run(fields, 'event 42');
    expect(plain(fields)).toMatchObject({
      user: 'bob',
      a: 'over',
      b: 'new',
      file: 'y.exe',
      result: 'bad',
      num: '42',
    });
    expect(fields.has('never')).toBe(false);
    expect(fields.has('none')).toBe(false);
  });

  test('a key leaves out steps that cannot apply', () => {
    const run = plan(
      [
        { set: { one: 'x' }, when: { id: '1' } },
        { set: { two: 'x' }, when: { id: ['2', '3'] } },
        { set: { all: 'x' } },
      ],
      ['id'],
    );
    const fields = new Map<string, string | string[]>([['id', '3']]);
    run(fields, '');
    expect([...fields.keys()]).toEqual(['id', 'two', 'all']);
  });
});

describe('source types', () => {
  const read = async (text: string, sourcetype?: string) =>
    (await readAll(new TextEncoder().encode(text), { sourcetype })).records[0];

  test.each([
    [
      '{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","userName":"bob"},"eventTime":"2022-10-19T20:33:38Z","eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","awsRegion":"us-east-1","sourceIPAddress":"1.2.3.4","responseElements":{"ConsoleLogin":"Failure"}}',
      'aws:cloudtrail',
      { user: 'bob', src: '1.2.3.4', action: 'failure', region: 'us-east-1' },
    ],
    [
      '{"CreationTime":"2023-12-04T20:42:05","Operation":"UserLoggedIn","OrganizationId":"o","Workload":"AzureActiveDirectory","ClientIP":"1.2.3.4:55","UserId":"u@x","ExtendedProperties":[{"Name":"UserAgent","Value":"curl"}]}',
      'o365:management:activity',
      { user: 'u@x', src_ip: '1.2.3.4', UserAgent: 'curl', user_agent: 'curl', action: 'success' },
    ],
    [
      '{"published":"2023-01-01T00:00:00Z","eventType":"user.session.start","actor":{"alternateId":"u@x"},"outcome":{"result":"FAILURE"},"client":{"ipAddress":"1.2.3.4"}}',
      'OktaIM2:log',
      { user: 'u@x', src_ip: '1.2.3.4', action: 'failure' },
    ],
    [
      '{"timestamp":"2023-10-17T01:24:52.149017+0000","flow_id":1,"event_type":"http","src_ip":"1.1.1.1","dest_ip":"2.2.2.2","http":{"url":"/x","http_method":"GET","http_user_agent":"curl"}}',
      'suricata',
      { url: '/x', http_method: 'GET', http_user_agent_length: '4', dest: '2.2.2.2' },
    ],
    [
      '{"kind":"Event","auditID":"1","verb":"create","sourceIPs":["1.1.1.1"],"user":{"username":"k"}}',
      '_json',
      { 'sourceIPs{}': '1.1.1.1', user: 'k' },
    ],
    [
      '2 123397614277 eni-0b0f9f261f45e6489 10.0.1.30 10.0.1.1 47254 22 17 2 98 1697608042 1697608070 ACCEPT OK',
      'aws:cloudwatchlogs:vpcflow',
      { src_ip: '10.0.1.30', dest_port: '22', transport: 'udp', action: 'allowed', duration: '28' },
    ],
    [
      'May 10 11:08:39 fw 1,2022/05/10 11:08:38,0132,THREAT,url,2305,2022/05/10 11:08:38,2.18.4.7,1.2.3.4,0.0.0.0,0.0.0.0,rule,,,web-browsing,vsys1,U,U,e1,l1,Z,2022/05/10 11:08:38,15,1,32880,443,0,0,0x1,tcp,allow,"a.example/b,c",(9999),url-x,informational,client-to-server',
      'pan:threat',
      { src: '2.18.4.7', dest_port: '443', action: 'allowed', url: 'a.example/b,c', url_domain: 'a.example' },
    ],
    [
      'May 27 09:28:36 h1 sshd[5617]: Failed password for invalid user mikael from 84.202.159.161 port 63487 ssh2',
      'linux_secure',
      { user: 'mikael', src: '84.202.159.161', action: 'failure', process: 'sshd' },
    ],
    [
      "Sep 23 18:08:27 18.144.133.67 :2025-09-23T18:08:27Z: %ASA-config-5-111010: User 'admin', running 'N/A' from IP 198.27.166.158, executed 'logging emblem'",
      'cisco:asa',
      { user: 'admin', src_ip: '198.27.166.158', message_id: '111010', command: 'logging emblem' },
    ],
    [
      '10.0.0.1 - admin [05/Oct/2022:15:25:28.955 +0000] "GET /en-US/x?y=1 HTTP/1.1" 404 58 "-" "Mozilla/5.0"',
      'access_combined',
      { clientip: '10.0.0.1', status: '404', uri_path: '/en-US/x', uri_query: 'y=1', method: 'GET' },
    ],
  ] as const)('%s', async (text, sourcetype, fields) => {
    const record = await read(text);
    expect(record?.sourcetype).toBe(sourcetype);
    expect(plain(record?.fields ?? [])).toMatchObject(fields);
  });

  test.each([
    [
      'evtx_dump',
      {
        Event: {
          System: {
            EventID: 1,
            Channel: 'Microsoft-Windows-Sysmon/Operational',
            Computer: 'h',
            Provider: { '#attributes': { Name: 'S' } },
          },
          EventData: { Image: 'C:\\a.exe', ProcessGuid: '0197231E-005A-6928-A50B-000000000D00' },
        },
      },
    ],
    [
      'a converter from XML',
      {
        Event: {
          System: {
            EventID: { '#text': 1 },
            Channel: 'Microsoft-Windows-Sysmon/Operational',
            Computer: 'h',
            Provider: { '@Name': 'S' },
          },
          EventData: {
            Data: [
              { '@Name': 'Image', '#text': 'C:\\a.exe' },
              { '@Name': 'ProcessGuid', '#text': '{0197231E-005A-6928-A50B-000000000D00}' },
            ],
          },
        },
      },
    ],
    [
      'Winlogbeat',
      {
        '@timestamp': '2025-01-01T00:00:00Z',
        winlog: {
          event_id: 1,
          channel: 'Microsoft-Windows-Sysmon/Operational',
          computer_name: 'h',
          provider_name: 'S',
          event_data: { Image: 'C:\\a.exe', ProcessGuid: '{0197231E-005A-6928-A50B-000000000D00}' },
        },
      },
    ],
    [
      'flat',
      {
        EventID: 1,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        Hostname: 'h',
        SourceName: 'S',
        Image: 'C:\\a.exe',
        ProcessGuid: '{0197231E-005A-6928-A50B-000000000D00}',
      },
    ],
  ])('a Windows event in JSON: %s', async (_name, json) => {
    const record = await read(JSON.stringify(json));
    expect(record).toMatchObject({
      host: 'h',
      source: 'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
      sourcetype: 'XmlWinEventLog',
    });
    expect(plain(record?.fields ?? [])).toMatchObject({
      EventCode: '1',
      Name: 'S',
      process_name: 'a.exe',
      process_guid: '{0197231E-005A-6928-A50B-000000000D00}',
      dest: 'h',
    });
  });

  test('a stated sourcetype is kept; its table is used whatever the letter case', async () => {
    const record = await read('{"eventName":"DeleteTrail","sourceIPAddress":"1.1.1.1"}', 'AWS:CloudTrail');
    expect(record?.sourcetype).toBe('AWS:CloudTrail');
    expect(record?.fields.get('src')).toBe('1.1.1.1');
  });

  test('a JSON event with a member called source keeps it under another name', async () => {
    const record = await read('{"source":"PINGID","a":1}');
    expect(record?.fields.get('extracted_source')).toBe('PINGID');
    expect(record?.fields.has('source')).toBe(false);
  });
});

test('changes of Active Directory: a time and pairs on lines of their own', async () => {
  const change = (at: string) =>
    [
      `03/28/2023 19:31:${at}.123`,
      'dcName=dc1.example.local',
      'admonEventType=Update',
      'Names:',
      '\t\tobjectCategory=CN=Group-Policy-Container,CN=Schema,CN=Configuration,DC=example,DC=local',
      '\t\tdisplayName=New Group Policy Object',
      'Object Details:',
      '\t\twhenChanged=07:31.14 PM, Tue 03/28/2023',
      '\t\tobjectClass=top|container',
      '\t\tobjectClass=groupPolicyContainer',
      '',
    ].join('\r\n');
  const { records } = await readAll(new TextEncoder().encode(change('14') + change('15')));
  expect(records.map(({ time, sourcetype, source }) => [time, sourcetype, source])).toEqual([
    [1680031874.123, 'ActiveDirectory', 'ActiveDirectory'],
    [1680031875.123, 'ActiveDirectory', 'ActiveDirectory'],
  ]);
  expect(plain(records[0]!.fields)).toMatchObject({
    objectCategory: 'CN=Group-Policy-Container,CN=Schema,CN=Configuration,DC=example,DC=local',
    displayName: 'New Group Policy Object',
    objectClass: ['top|container', 'groupPolicyContainer'],
    dest: 'dc1.example.local',
    action: 'modified',
  });
});
