/** Microsoft's cloud and Defender. */
export { azureAudit, azureMonitorAad, azureMonitorActivity, defenderHunting } from '../types/azure.ts';
export { defenderAtpAlerts, defenderIncidentAlerts } from '../types/defender.ts';
export { office365 } from '../types/microsoft.ts';
