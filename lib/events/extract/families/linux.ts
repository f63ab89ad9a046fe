/** Linux. */
export { linuxAudit, linuxSecure } from '../types/linux.ts';
