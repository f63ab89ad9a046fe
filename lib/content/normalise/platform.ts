/**
 * The platform that a data source comes from. Files do not say it; name, source and sourcetype do. The first row that
 * matches wins, so what is specific stands before what is general.
 */
const platforms: [RegExp, string][] = [
  [/sysmon for linux|linux-sysmon|sysmon:linux|\blinux\b|auditd|\/var\/log\/(audit|secure)/i, 'Linux'],
  [/osquery/i, 'Linux, macOS, Windows'],
  [/\bmacos\b|unified ?log/i, 'macOS'],
  [/\baws\b|cloudtrail|amazon|asl\b/i, 'AWS'],
  [/kubernetes|\bkube:/i, 'Kubernetes'],
  [/\bo365\b|office 365|microsoft 365|\bm365\b|\bms365|exchange online/i, 'Microsoft 365'],
  [/azure|entra/i, 'Azure'],
  [/google workspace|g ?suite|\bgws:/i, 'Google Workspace'],
  [/google cloud|\bgcp\b|google:gcp/i, 'Google Cloud'],
  [/\bokta|pingid|\bduo\b/i, 'Identity provider'],
  [/github|gitlab|circleci|jenkins/i, 'Development platform'],
  [/crowdstrike|carbon ?black|sentinel ?one|cisco:nvm|network visibility module/i, 'Endpoint agent'],
  [/sysmon|windows|wineventlog|powershell|pwsh|active ?directory|ntlm|\biis\b|defender/i, 'Windows'],
  [/esxi|vmware|vcenter/i, 'VMware'],
  [
    /palo alto|\bpan:|suricata|\bbro\b|zeek|stream:|splunk stream|cisco|zscaler|\bf5\b|fortinet|netflow|firewall|\bdns\b|\bproxy\b/i,
    'Network',
  ],
  [/nginx|apache|\bweb\b|crushftp|ivanti|access[_.]log/i, 'Web and application'],
  [/splunk/i, 'Splunk'],
];

export function platformOf(...hints: (string | undefined)[]): string | undefined {
  for (const hint of hints) {
    const found = hint && platforms.find(([pattern]) => pattern.test(hint));
    if (found) return found[1];
  }
  return undefined;
}
