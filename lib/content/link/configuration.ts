/** Default configuration of a search in Enterprise Security: its own block, its deployment or schedule, its type. */
import type { Baseline, Configuration, Deployment, Detection } from '../model.ts';
import type { Context } from './context.ts';
import { referenceTo } from './names.ts';

/** What each type of detection creates (Splunk's type matrix). */
const creates: Record<string, { finding: boolean; risk: boolean }> = {
  TTP: { finding: true, risk: true },
  Anomaly: { finding: false, risk: true },
  Correlation: { finding: true, risk: false },
  Hunting: { finding: false, risk: false },
};

export function deploymentFor(type: string, deployments: readonly Deployment[]): Deployment | undefined {
  return deployments.find((deployment) => deployment.appliesTo.includes(type));
}

export function configureDetection(
  detection: Detection,
  deployments: readonly Deployment[],
  context: Context,
): void {
  // Only Splunk searches are scheduled by Enterprise Security: SPL2 streams, a Sigma rule is converted first.
  if (detection.language !== 'spl' || !detection.type) return;
  const own = detection.configuration;
  const named = detection.deployment && context.names.get('deployment', detection.deployment.name);
  const deployment = named ?? deploymentFor(detection.type, deployments);
  const byType = creates[detection.type] ?? { finding: false, risk: false };
  const configuration: Configuration = {
    createsFinding: byType.finding,
    createsRiskEvent: byType.risk,
    findingFields: [],
    ...deployment?.configuration,
    disabled: !detection.enabledByDefault,
  };
  // A schedule has no alert actions: what is created follows from the type, the title from the finding.
  if (deployment && isSchedule(deployment)) {
    configuration.createsFinding = byType.finding;
    configuration.createsRiskEvent = byType.risk;
  }
  if (detection.shape === 'g3' && detection.risk?.findingTitle) {
    configuration.ruleTitle = detection.risk.findingTitle;
    configuration.findingFields = detection.risk.entities
      .filter((entity) => entity.primary)
      .map((entity) => entity.field);
  }
  if (own) overlay(configuration, own);
  detection.configuration = configuration;
  if (deployment) {
    detection.deployment = referenceTo(deployment);
    deployment.usedBy++;
  }
}

export function configureBaseline(baseline: Baseline, deployments: readonly Deployment[]): void {
  const deployment = deploymentFor('Baseline', deployments);
  if (!deployment && !baseline.configuration) return;
  const configuration: Configuration = {
    createsFinding: false,
    createsRiskEvent: false,
    findingFields: [],
    ...deployment?.configuration,
    disabled: true,
  };
  if (baseline.configuration) overlay(configuration, baseline.configuration);
  baseline.configuration = configuration;
  if (deployment) deployment.usedBy++;
}

function isSchedule(deployment: Deployment): boolean {
  return deployment.source.lines.cron_schedule !== undefined;
}

/** The schedule that a file carries itself wins; alert actions only where the file has them. */
function overlay(configuration: Configuration, own: Configuration): void {
  const { cron, earliest, latest, scheduleWindow } = own;
  for (const [key, value] of Object.entries({ cron, earliest, latest, scheduleWindow })) {
    if (value) configuration[key as 'cron' | 'earliest' | 'latest' | 'scheduleWindow'] = value;
  }
  if (own.createsFinding) configuration.createsFinding = true;
  if (own.createsRiskEvent) configuration.createsRiskEvent = true;
  if (own.ruleTitle) configuration.ruleTitle = own.ruleTitle;
  if (own.ruleDescription) configuration.ruleDescription = own.ruleDescription;
  if (own.findingFields.length > 0) configuration.findingFields = own.findingFields;
}
