import type { Detection, Shape } from '../../lib/content/model.ts';
import { viewUrl } from '../content/source-links.tsx';

const SHAPE_LABEL: Record<Shape, string> = {
  g1: 'security_content, first generation',
  g2: 'security_content, second generation',
  g3: 'security_content, third generation',
  ssa1: 'Behavioral Analytics, first generation',
  ssa2: 'Behavioral Analytics, second generation',
  sigma: 'Sigma',
};

export function SourceAndVersion({ detection }: { detection: Detection }) {
  const { source, version, shape } = detection;
  const view = viewUrl(source);
  return (
    <p className="provenance" id="source">
      Source: {view ? <a href={view}>{source.path}</a> : <span className="path">{source.path}</span>} ·{' '}
      {SHAPE_LABEL[shape]}
      {version === undefined ? '' : ` · version ${version}`}
    </p>
  );
}
