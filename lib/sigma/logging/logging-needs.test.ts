import { describe, expect, it } from 'vitest';
import { fieldsRead } from '../rule/fields.ts';
import { readSigma } from '../rule/read.ts';
import { loggingNeeds } from './logging-needs.ts';
import { auditPolicyOf } from './windows-audit.ts';

const read = (logsource: string, searches: string) =>
  readSigma(`title: A\nlogsource: ${logsource}\ndetection:\n${searches}\n  condition: 1 of them\n`).documents;

describe('loggingNeeds', () => {
  it('names both logs of a started process, and the command line only where the rule reads it', () => {
    const needs = loggingNeeds(
      read('{product: windows, category: process_creation}', '  a:\n    Image: x\n  b:\n    CommandLine: y'),
    );
    expect(needs).toEqual([
      {
        channels: ['Microsoft-Windows-Sysmon/Operational'],
        eventIds: ['1'],
        needs: ['Sysmon, with ProcessCreate in its configuration'],
      },
      {
        channels: ['Security'],
        eventIds: ['4688'],
        needs: [
          'Audit policy: Detailed Tracking › Process Creation',
          'Group policy: Include command line in process creation events',
        ],
      },
    ]);
    const image = loggingNeeds(read('{product: windows, category: process_creation}', '  a:\n    Image: x'));
    expect(image[1]?.needs).toEqual(['Audit policy: Detailed Tracking › Process Creation']);
  });

  it('takes the events of a service from the rule and groups them by subcategory', () => {
    const searches =
      '  a:\n    EventID:\n      - 4656\n      - 4663\n  b:\n    EventID: 4688\n  c:\n    EventID: 1102';
    expect(loggingNeeds(read('{product: windows, service: security}', searches))).toEqual([
      {
        channels: ['Security'],
        eventIds: ['4656', '4663', '4688', '1102'],
        needs: [
          'Audit policy: Object Access › File System or Kernel Object or Registry or Removable Storage (4656, 4663)',
          'Audit policy: Detailed Tracking › Process Creation (4688)',
        ],
      },
    ]);
  });

  it('says that an object needs an audit entry of its own, and which logs are off by default', () => {
    const registry = loggingNeeds(read('{product: windows, service: security}', '  a:\n    EventID: 4657'));
    expect(registry[0]?.needs).toEqual([
      'Audit policy: Object Access › Registry, and an audit entry (SACL) on the object',
    ]);
    const tasks = loggingNeeds(read('{product: windows, service: taskscheduler}', '  a:\n    EventID: 129'));
    expect(tasks[0]?.needs).toEqual(['The log is off by default (Enable All Tasks History)']);
    const script = loggingNeeds(
      read('{product: windows, category: ps_script}', '  a:\n    ScriptBlockText: x'),
    );
    expect(script[0]?.needs).toEqual(['Group policy: Turn on PowerShell Script Block Logging']);
  });

  it('claims nothing outside Windows and of log sources that it does not know', () => {
    expect(loggingNeeds(read('{product: linux, service: auditd}', '  a:\n    type: EXECVE'))).toEqual([]);
    expect(loggingNeeds(read('{product: windows, category: file_access}', '  a:\n    Image: x'))).toEqual([]);
  });
});

describe('auditPolicyOf', () => {
  it('tells events that are always written from unknown ones', () => {
    expect(auditPolicyOf('1102')).toBe('always');
    expect(auditPolicyOf('529')).toBeUndefined();
  });
});

describe('fieldsRead', () => {
  it('lists fields once, with those that are compared with and counted', () => {
    const documents = read(
      '{product: windows}',
      '  a:\n    - Image|endswith: x\n      User|fieldref: Owner\n    - Image: y\n  b:\n    - keyword',
    );
    expect(fieldsRead(documents)).toEqual(['Image', 'User', 'Owner']);
    const counted = readSigma(
      'title: A\nlogsource: {product: windows}\ndetection:\n  a:\n    EventID: 1\n  condition: a | count(Image) by User > 3\n',
    );
    expect(fieldsRead(counted.documents)).toEqual(['EventID', 'Image', 'User']);
  });
});
