import type { SeverityLevel } from '../../lib/content/model.ts';

/** Every level has its own shape, so that it reads without colour. */
const SHAPES: Record<SeverityLevel, string> = {
  informational:
    'M5 1.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 0 0 0-7.6zm0 1.4a2.4 2.4 0 1 1 0 4.8a2.4 2.4 0 0 1 0-4.8z',
  low: 'M5 1.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 0 0 0-7.6z',
  medium: 'M5 .6 9.6 9H.4z',
  high: 'M5 0l5 5-5 5-5-5z',
  critical: 'M3 0h4l3 3v4L7 10H3L0 7V3z',
};

export function Glyph({ level }: { level: SeverityLevel }) {
  return (
    <svg className="glyph" viewBox="0 0 10 10" aria-hidden="true">
      <path d={SHAPES[level]} fill="currentColor" />
    </svg>
  );
}

export const SEVERITY_LABEL: Record<SeverityLevel, string> = {
  informational: 'Informational',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

export function Severity({ level }: { level?: SeverityLevel }) {
  if (!level) return null;
  return (
    <span className={`sev ${level}`}>
      <Glyph level={level} />
      {SEVERITY_LABEL[level]}
    </span>
  );
}
