import { statusLabel } from '../../lib/content/labels.ts';
import type { Detection, SeverityLevel } from '../../lib/content/model.ts';
import { Joined } from '../content/reference.tsx';
import { Severity } from '../content/severity.tsx';
import { objectUrl, techniqueUrl } from '../url.ts';

/** What a list shows of a detection. */
export interface DetectionSummary {
  name: string;
  slug: string;
  type?: string;
  status?: string;
  severity?: SeverityLevel;
  techniques: { id: string; known: boolean }[];
  dataSources: string[];
  modified?: string;
}

export function summarise(detection: Detection): DetectionSummary {
  return {
    name: detection.name,
    slug: detection.slug,
    type: detection.type,
    status: detection.status,
    severity: detection.severity,
    techniques: detection.techniques
      .filter((use) => !use.implied)
      .map((use) => ({ id: use.id, known: use.name !== undefined })),
    dataSources: detection.dataSources.flat().map((source) => source.name),
    modified: detection.modified ?? detection.created,
  };
}

/** A plain table: complete without JavaScript, filtered by the list island where there is one. */
export function DetectionTable({ detections }: { detections: DetectionSummary[] }) {
  return (
    <div className="scroll" tabIndex={0}>
      <table className="list" data-list>
        <thead>
          <tr>
            <th>Detection</th>
            <th>Severity</th>
            <th>Type</th>
            <th>ATT&amp;CK</th>
            <th>Data</th>
            <th>Updated</th>
          </tr>
        </thead>
        <tbody>
          {detections.map((detection) => (
            <tr key={detection.slug}>
              <td>
                <a href={objectUrl('detection', detection.slug)}>{detection.name}</a>
                {detection.status && detection.status !== 'production' && detection.status !== 'stable' ? (
                  <small className={`state ${detection.status}`}> {statusLabel(detection.status)}</small>
                ) : null}
              </td>
              <td className="tight">
                <Severity level={detection.severity} />
              </td>
              <td className="tight">{detection.type}</td>
              <td className="mono tight">
                <Joined
                  items={detection.techniques.slice(0, 2).map(({ id, known }) =>
                    known ? (
                      <a key={id} href={techniqueUrl(id)}>
                        {id}
                      </a>
                    ) : (
                      id
                    ),
                  )}
                />
                {detection.techniques.length > 2 ? ` +${detection.techniques.length - 2}` : ''}
              </td>
              <td className="data">
                {detection.dataSources[0]}
                {detection.dataSources.length > 1 ? ` +${detection.dataSources.length - 1}` : ''}
              </td>
              <td className="num tight">{detection.modified}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
