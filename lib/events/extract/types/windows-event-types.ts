import type { EventType } from '../source-type.ts';
import { ACCOUNT_CODES, GROUP_CODES, TASK_CODES } from './windows-names.ts';

const channel = (...names: string[]) => ({ Channel: names });

/** Event types of the Windows channels, and the tags that data models select by. */
export const WINDOWS_EVENT_TYPES: readonly EventType[] = [
  { name: 'wineventlog_windows' },
  { name: 'wineventlog_security', when: channel('security') },
  { name: 'wineventlog_system', when: channel('system') },
  { name: 'wineventlog_application', when: channel('application') },
  { name: 'wineventlog_task_scheduler', when: channel('microsoft-windows-taskscheduler/operational') },
  {
    name: 'windows_logon_success',
    when: { EventCode: ['4624'], ...channel('security') },
    tags: ['authentication'],
  },
  {
    name: 'windows_logon_failure',
    when: { EventCode: ['4625'], ...channel('security') },
    tags: ['authentication'],
  },
  {
    name: 'windows_logon_explicit',
    when: { EventCode: ['4648'], ...channel('security') },
    tags: ['authentication', 'privileged'],
  },
  {
    name: 'windows_auth_kerberos',
    when: { EventCode: ['4768', '4769', '4770', '4771', '4776'], ...channel('security') },
    tags: ['authentication'],
  },
  {
    name: 'windows_logoff',
    when: { EventCode: ['4634', '4647'], ...channel('security') },
    tags: ['access', 'stop', 'logoff'],
  },
  {
    name: 'windows_special_privileges',
    when: { EventCode: ['4672'], ...channel('security') },
    tags: ['privileged'],
  },
  {
    name: 'windows_process_new',
    when: { EventCode: ['4688', '4696'], ...channel('security') },
    tags: ['process', 'report', 'start', 'execute'],
  },
  {
    name: 'windows_account_management',
    when: { EventCode: [...ACCOUNT_CODES, ...GROUP_CODES], ...channel('security') },
    tags: ['account', 'change', 'management'],
  },
  {
    name: 'windows_audit_log_cleared',
    when: { EventCode: ['1102', '1100', '4719'], ...channel('security') },
    tags: ['change', 'audit', 'cleared'],
  },
  {
    name: 'windows_security_change',
    when: { EventCode: ['4662', '5136', '5137', '5141', ...TASK_CODES], ...channel('security') },
    tags: ['change'],
  },
  {
    name: 'windows_registry_modified',
    when: { EventCode: ['4657'], ...channel('security') },
    tags: ['change', 'registry', 'endpoint'],
  },
  {
    name: 'windows_object_access',
    when: { EventCode: ['4656', '4663', '4660', '4670', '5145'], ...channel('security') },
  },
  {
    name: 'windows_service_installed',
    when: { EventCode: ['7045', '7036', '7040', '4697'] },
    tags: ['service', 'report'],
  },
];
