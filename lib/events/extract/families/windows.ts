/** Windows: its event logs, Sysmon, and changes of the directory. */
export { sysmon, sysmonLinux } from '../types/sysmon.ts';
export { windowsText, windowsXml } from '../types/windows.ts';
export { activeDirectory } from '../types/windows-directory.ts';
