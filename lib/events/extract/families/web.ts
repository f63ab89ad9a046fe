/** Web servers and file servers. */
export { accessCombined, crushftp, iis, ivantiVtm, nginx } from '../types/web.ts';
