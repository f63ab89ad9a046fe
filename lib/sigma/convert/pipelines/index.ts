import { ECS_WINDOWS } from './ecs.ts';
import { MICROSOFT_XDR, SENTINEL_ASIM } from './microsoft.ts';
import type { Pipeline } from './pipeline.ts';
import { SPLUNK_CIM, SPLUNK_SYSMON, SPLUNK_WINDOWS } from './splunk.ts';

export const NO_PIPELINE: Pipeline = {
  name: 'none',
  title: 'Fields as written',
  unmapped: 'keep',
  parts: [],
};

export const PIPELINES: readonly Pipeline[] = [
  NO_PIPELINE,
  ECS_WINDOWS,
  SPLUNK_WINDOWS,
  SPLUNK_SYSMON,
  SPLUNK_CIM,
  MICROSOFT_XDR,
  SENTINEL_ASIM,
];
