/**
 * Annotations that Splunk Enterprise Security shows beside ATT&CK and that follow from other facts of a detection.
 * The rules are those of Splunk's content pipeline, so that a page shows what the product will show.
 */
import { inKillChainOrder } from './techniques.ts';

/** Tactic short name → phase of the Lockheed Martin kill chain. */
const phaseOfTactic: Record<string, string> = {
  reconnaissance: 'Reconnaissance',
  'resource-development': 'Weaponization',
  'initial-access': 'Delivery',
  execution: 'Installation',
  persistence: 'Installation',
  'privilege-escalation': 'Exploitation',
  'defense-evasion': 'Exploitation',
  'credential-access': 'Exploitation',
  discovery: 'Exploitation',
  'lateral-movement': 'Exploitation',
  collection: 'Exploitation',
  'command-and-control': 'Command and Control',
  exfiltration: 'Actions on Objectives',
  impact: 'Actions on Objectives',
};

const phases = [
  'Reconnaissance',
  'Weaponization',
  'Delivery',
  'Exploitation',
  'Installation',
  'Command and Control',
  'Actions on Objectives',
];

/** Kill-chain phases of a set of tactics, in the order of the kill chain. */
export function killChainPhases(tacticNames: Iterable<string>): string[] {
  const found = new Set(inKillChainOrder(tacticNames).map((name) => phaseOfTactic[name]));
  return phases.filter((phase) => found.has(phase));
}

/** NIST Cybersecurity Framework category: continuous monitoring for a TTP, anomalies and events for the rest. */
export function nistCategories(type: string | undefined): string[] {
  if (!type) return [];
  return [type === 'TTP' ? 'DE.CM' : 'DE.AE'];
}

/** CIS control: 13 (network monitoring) for the network domain, 10 (malware defences) for every other. */
export function cisControls(securityDomain: string | undefined): string[] {
  if (!securityDomain) return [];
  return [securityDomain === 'network' ? 'CIS 13' : 'CIS 10'];
}
