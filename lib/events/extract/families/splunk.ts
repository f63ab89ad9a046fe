/** Splunk's own logs, and what is told by its form alone. */
export { genericJson, genericSyslog, splunkAudit, splunkd, stash } from '../types/splunk.ts';
