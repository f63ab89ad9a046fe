import type { Detection } from '../../lib/content/model.ts';
import { Section } from '../document/layout.tsx';

/** Where a Sigma rule looks, and what its file says that SPL detections have no word for. */
export function SigmaSection({ detection }: { detection: Detection }) {
  const { sigma } = detection;
  if (!sigma) return null;
  const { logsource } = sigma;
  const rows: [string, string | undefined][] = [
    ['Product', logsource.product],
    ['Category', logsource.category],
    ['Service', logsource.service],
    ['Definition', logsource.definition],
    ['Level', sigma.level],
    ['Fields', sigma.fields.join(', ') || undefined],
    ['Tags', sigma.tags.join(', ') || undefined],
    ['Related rules', sigma.related.map((rule) => `${rule.id} (${rule.type})`).join(', ') || undefined],
    ['Licence', sigma.licence],
  ];
  return (
    <Section id="log-source" title="Log source">
      <table className="facts">
        <tbody>
          {rows.map(([label, value]) =>
            value === undefined ? null : (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{value}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </Section>
  );
}
