import { url } from '../url.ts';
import { site } from './site.ts';

const MORE: [path: string, label: string][] = [
  ['tactics', 'Tactics'],
  ['cves', 'CVEs'],
  ['baselines', 'Baselines'],
  ['investigations', 'Investigations'],
  ['playbooks', 'Playbooks'],
  ['response-actions', 'Response actions'],
  ['logging-policies', 'Logging policies'],
  ['fields', 'Fields'],
  ['triggers', 'Triggers'],
  ['enrichments', 'Enrichments'],
  ['mitigations', 'Mitigations'],
  ['use-cases', 'Use cases'],
  ['customers', 'Customers'],
  ['deployments', 'Deployments'],
  ['dashboards', 'Dashboards'],
  ['support', 'Engine support'],
];

export function Footer() {
  return (
    <footer className="end">
      <nav aria-label="More">
        {MORE.map(([path, label]) => (
          <a key={path} href={url(`/${path}/`)}>
            {label}
          </a>
        ))}
        {site.repository ? <a href={site.repository}>Source</a> : null}
      </nav>
      <p>
        ATT&amp;CK® facts © The MITRE Corporation, used under its <a href={url('/guides/notices/')}>terms</a>.
      </p>
    </footer>
  );
}
