/**
 * What has to be switched on for an event to be written at all. Facts: subcategories of the advanced audit policy and
 * their events as Microsoft documents them ("Advanced security audit policy settings"), events of Sysmon's
 * configuration schema, policies of PowerShell's logging, logs that Windows ships switched off.
 */

/** Category → subcategory → events of the Security log. An event of several subcategories is written by each. */
const AUDIT_POLICY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Account Logon': {
    'Credential Validation': '4774-4777',
    'Kerberos Authentication Service': '4768 4771 4772',
    'Kerberos Service Ticket Operations': '4769 4770 4773',
  },
  'Account Management': {
    'Application Group Management': '4783-4792',
    'Computer Account Management': '4741-4743',
    'Distribution Group Management': '4744-4753 4759-4763',
    'Other Account Management Events': '4782 4793',
    'Security Group Management': '4727-4735 4737 4754-4758 4764 4799',
    'User Account Management': '4720 4722-4726 4738 4740 4765-4767 4780 4781 4794 4798 5376 5377 5379',
  },
  'Detailed Tracking': {
    'DPAPI Activity': '4692-4695',
    'PNP Activity': '6416 6419-6424',
    'Process Creation': '4688 4696',
    'Process Termination': '4689',
    'RPC Events': '5712',
  },
  'DS Access': {
    'Detailed Directory Service Replication': '4928-4931 4934-4937',
    'Directory Service Access': '4661 4662',
    'Directory Service Changes': '5136-5139 5141',
    'Directory Service Replication': '4932 4933',
  },
  'Logon/Logoff': {
    'Account Lockout': '4625',
    'Group Membership': '4627',
    Logoff: '4634 4647',
    Logon: '4624 4625 4648 4675',
    'Network Policy Server': '6272-6280',
    'Other Logon/Logoff Events': '4649 4778 4779 4800-4803 5378 5632 5633',
    'Special Logon': '4672 4964',
  },
  'Object Access': {
    'Application Generated': '4665-4668',
    'Certification Services': '4868-4900',
    'Central Policy Staging': '4818',
    'Detailed File Share': '5145',
    'File Share': '5140 5142-5144 5168',
    'File System': '4656 4658 4660 4663 4664 4670 4985 5051',
    'Filtering Platform Connection': '5031 5150 5151 5154-5159',
    'Filtering Platform Packet Drop': '5152 5153',
    'Handle Manipulation': '4658 4690',
    'Kernel Object': '4656 4658 4660 4663',
    'Other Object Access Events': '4671 4691 4698-4702 5148 5149 5888-5890',
    Registry: '4656-4658 4660 4663 4670 5039',
    'Removable Storage': '4656 4658 4663',
    SAM: '4661',
  },
  'Policy Change': {
    'Audit Policy Change': '4715 4719 4817 4902 4904-4908 4912',
    'Authentication Policy Change': '4706 4707 4713 4716-4718 4739 4864-4867',
    'Authorization Policy Change': '4670 4703-4705 4911 4913',
    'Filtering Platform Policy Change': '4709-4712 5040-5050 5440-5444 5446 5448-5450',
    'MPSSVC Rule-Level Policy Change': '4944-4954 4956-4958',
    'Other Policy Change Events': '4714 4819 4826 4909 4910 5063-5070 5447 6144 6145',
  },
  'Privilege Use': {
    'Non Sensitive Privilege Use': '4673 4674 4985',
    'Sensitive Privilege Use': '4673 4674 4985',
  },
  System: {
    'Security State Change': '4608 4616 4621',
    'Security System Extension': '4610 4611 4614 4622 4697',
    'System Integrity': '4612 4615 4618 4816 5038 5056 5057 5060-5062 6281 6410',
  },
};

/** Written whatever the policy says. */
const ALWAYS = numbers('1100-1102 1104 1105 1108');

/** Subcategories whose events need an audit entry (SACL) on the object itself as well. */
const WITH_SACL: ReadonlySet<string> = new Set([
  'Directory Service Access',
  'Directory Service Changes',
  'File System',
  'Kernel Object',
  'Registry',
  'SAM',
]);

/** Subcategory as the policy editor names its place. */
export interface AuditSubcategory {
  category: string;
  subcategory: string;
  /** The object needs an audit entry (SACL) too. */
  sacl: boolean;
}

let byEvent: Map<string, AuditSubcategory[]> | undefined;

/**
 * Subcategories of which any one writes this event of the Security log; `always` where no policy is needed; undefined
 * where the table does not know it.
 */
export function auditPolicyOf(eventId: string): readonly AuditSubcategory[] | 'always' | undefined {
  if (ALWAYS.includes(eventId)) return 'always';
  byEvent ??= indexed();
  return byEvent.get(eventId);
}

function indexed(): Map<string, AuditSubcategory[]> {
  const found = new Map<string, AuditSubcategory[]>();
  for (const [category, subcategories] of Object.entries(AUDIT_POLICY)) {
    for (const [subcategory, eventIds] of Object.entries(subcategories)) {
      const entry = { category, subcategory, sacl: WITH_SACL.has(subcategory) };
      for (const id of numbers(eventIds)) found.set(id, [...(found.get(id) ?? []), entry]);
    }
  }
  return found;
}

/** `1 3-5` → 1, 3, 4, 5. */
function numbers(text: string): string[] {
  return text.split(' ').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => String(first + at));
  });
}

/** Event of Sysmon → the element of its configuration that has to include what is looked for. */
export const SYSMON_ELEMENTS: Readonly<Record<string, string>> = {
  1: 'ProcessCreate',
  2: 'FileCreateTime',
  3: 'NetworkConnect',
  5: 'ProcessTerminate',
  6: 'DriverLoad',
  7: 'ImageLoad',
  8: 'CreateRemoteThread',
  9: 'RawAccessRead',
  10: 'ProcessAccess',
  11: 'FileCreate',
  12: 'RegistryEvent',
  13: 'RegistryEvent',
  14: 'RegistryEvent',
  15: 'FileCreateStreamHash',
  17: 'PipeEvent',
  18: 'PipeEvent',
  19: 'WmiEvent',
  20: 'WmiEvent',
  21: 'WmiEvent',
  22: 'DnsQuery',
  23: 'FileDelete',
  24: 'ClipboardChange',
  25: 'ProcessTampering',
  26: 'FileDeleteDetected',
  27: 'FileBlockExecutable',
  28: 'FileBlockShredding',
  29: 'FileExecutableDetected',
};

/** Service and event (or any event) → what else has to be on. */
export const OTHER_NEEDS: Readonly<Record<string, string>> = {
  'powershell 4103': 'Group policy: Turn on Module Logging',
  'powershell 4104': 'Group policy: Turn on PowerShell Script Block Logging',
  'powershell-classic 800': 'Group policy: Turn on Module Logging',
  ntlm: 'Security options: Network security: Restrict NTLM: Audit …',
  taskscheduler: 'The log is off by default (Enable All Tasks History)',
  'dns-client': 'The log is off by default',
  'dns-server-analytic': 'The log is off by default (analytical)',
  'driver-framework': 'The log is off by default',
  'printservice-operational': 'The log is off by default',
  capi2: 'The log is off by default',
  ldap: 'The log is off by default (debug)',
};
