import type { SourceType } from '../source-type.ts';

/** Splunk Add-on for Unix and Linux: audit records, one event a line. */
export const linuxAudit: SourceType = {
  sourcetype: 'linux:audit',
  names: ['linux:audit', 'linux_audit', 'auditd'],
  source: '/var/log/audit/audit.log',
  host: ['node', 'hostname'],
  time: ['msg'],
  recognise: ({ raw }) => /^(?:node=\S+ )?type=[A-Z_0-9]+ msg=audit\(/.test(raw),
  base: 'audit',
  steps: [
    {
      alias: {
        process_id: 'pid',
        parent_process_id: 'ppid',
        process_path: 'exe',
        user_id: 'auid',
        user: ['UID', 'AUID', 'acct'],
        action: ['success', 'res'],
        vendor_action: 'type',
      },
    },
    { derive: 'process_name', from: 'exe', by: 'basename' },
    { derive: 'proctitle_text', from: 'proctitle', by: 'hexText' },
    { set: { vendor_product: 'Linux Audit' } },
  ],
};

const SSHD =
  /sshd\[\d+\]: (?<vendor_action>Accepted|Failed|Invalid) (?:(?<authentication_method>\S+) for )?(?:invalid user )?(?:user )?(?<user>\S+) from (?<src>\S+)(?: port (?<src_port>\d+))?(?: (?<sshd_protocol>ssh\d?))?/;

/** `/var/log/secure` and `auth.log`. */
export const linuxSecure: SourceType = {
  sourcetype: 'linux_secure',
  names: ['linux_secure', 'linux:secure'],
  source: '/var/log/secure',
  host: ['syslog_host'],
  recognise: ({ raw }) =>
    /^[A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d \S+ (?:sshd|sudo|su|useradd|userdel|usermod|passwd|groupadd|login|CRON)(?:\[\d+\])?:/.test(
      raw,
    ),
  base: 'kv',
  steps: [
    {
      match: /^[A-Z][a-z]{2} +\d+ [\d:]+ (?<syslog_host>\S+) (?<process>[^\s[:]+)(?:\[(?<pid>\d+)\])?:/,
      from: '_raw',
    },
    { match: SSHD, from: '_raw' },
    { alias: { user_name: 'user', dest: 'syslog_host', dvc: 'syslog_host', app: 'process' } },
    {
      map: 'action',
      from: 'vendor_action',
      table: { accepted: 'success', failed: 'failure', invalid: 'failure' },
    },
    { set: { vendor_product: 'nix' } },
  ],
  eventTypes: [
    { name: 'nix_ssh_authentication', when: { vendor_action: '*' }, tags: ['authentication', 'remote'] },
  ],
};
