/** Agents on endpoints. */
export { ciscoNvm, isovalentProcess } from '../types/agents.ts';
export { crowdstrike, crowdstrikeIdentities, crowdstrikeStream } from '../types/crowdstrike.ts';
