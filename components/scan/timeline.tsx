import { useRef, useState } from 'react';
import { SEVERITY_LABEL } from '../content/severity.tsx';
import { stamp } from '../tester/events-view.tsx';
import { SEVERITIES } from './choice.ts';
import { type Bucket, type Finding, timelineOf } from './findings.ts';

interface TimelineProps {
  findings: readonly Finding[];
  chosen: readonly [number, number] | undefined;
  onChoose(time: readonly [number, number] | undefined): void;
}

const HEIGHT = 96;
/** Of one bar, in the drawing's own units. */
const WIDTH = 10;
/** A bar with anything in it is seen. */
const LEAST = 3;
const CLASSES = [...SEVERITIES, 'none'];

/** When the found events happened, coloured by severity. A bar narrows the results to its time. */
export function Timeline({ findings, chosen, onChoose }: TimelineProps) {
  const { buckets, untimed } = timelineOf(findings);
  const [focused, setFocused] = useState(0);
  const drawing = useRef<SVGSVGElement>(null);
  if (buckets.length === 0)
    return untimed > 0 ? <p className="quiet">The events found state no time.</p> : null;
  const most = buckets.reduce((max, { total }) => Math.max(max, total), 1);
  const filled = buckets.filter(({ total }) => total > 0);
  const reach = filled[Math.min(focused, filled.length - 1)];
  const move = (by: number) => {
    const next = Math.max(0, Math.min(filled.length - 1, focused + by));
    setFocused(next);
    drawing.current?.querySelectorAll<SVGGElement>('[role="button"]')[next]?.focus();
  };
  const choose = (bucket: Bucket) =>
    onChoose(chosen?.[0] === bucket.from && chosen[1] === bucket.to ? undefined : [bucket.from, bucket.to]);
  return (
    <figure className="timeline">
      <svg
        ref={drawing}
        viewBox={`0 0 ${buckets.length * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="group"
        aria-label="Events found along the time"
        onKeyDown={({ key }) => {
          if (key === 'ArrowRight') move(1);
          if (key === 'ArrowLeft') move(-1);
        }}
      >
        {buckets.map((bucket, at) =>
          bucket.total === 0 ? null : (
            <g
              key={bucket.from}
              role="button"
              tabIndex={bucket === reach ? 0 : -1}
              aria-pressed={chosen?.[0] === bucket.from}
              aria-label={labelOf(bucket)}
              className="bar"
              onFocus={() => setFocused(filled.indexOf(bucket))}
              onClick={() => choose(bucket)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' && event.key !== ' ') return;
                event.preventDefault();
                choose(bucket);
              }}
            >
              <title>{labelOf(bucket)}</title>
              <rect className="reach" x={at * WIDTH} y={0} width={WIDTH} height={HEIGHT} />
              {partsOf(bucket, most).map(({ name, y, height }) => (
                <rect
                  key={name}
                  className={name}
                  x={at * WIDTH + 1}
                  y={y}
                  width={WIDTH - 2}
                  height={height}
                />
              ))}
            </g>
          ),
        )}
      </svg>
      <figcaption>
        <span className="mono">{stamp(buckets[0]!.from)}</span>
        <span>
          up to {most.toLocaleString('en')} {most === 1 ? 'event' : 'events'} a bar
          {untimed > 0 ? `, ${untimed.toLocaleString('en')} without a time` : ''}
        </span>
        <span className="mono">{stamp(buckets.at(-1)!.to)}</span>
      </figcaption>
    </figure>
  );
}

/** The parts of a bar from the bottom up, the gravest lowest. */
function partsOf({ counts }: Bucket, most: number): { name: string; y: number; height: number }[] {
  let y = HEIGHT;
  return counts.flatMap((count, rank) => {
    if (count === 0) return [];
    const height = Math.max(LEAST, Math.round((count / most) * (HEIGHT - LEAST * CLASSES.length)));
    y -= height;
    return [{ name: CLASSES[rank]!, y, height }];
  });
}

function labelOf({ from, to, counts, total }: Bucket): string {
  const parts = counts.flatMap((count, rank) => {
    const level = SEVERITIES[rank];
    return count === 0
      ? []
      : [`${count.toLocaleString('en')} ${level ? SEVERITY_LABEL[level].toLowerCase() : 'without severity'}`];
  });
  return `${stamp(from)} to ${stamp(to)}: ${total.toLocaleString('en')} ${total === 1 ? 'event' : 'events'} (${parts.join(', ')})`;
}
