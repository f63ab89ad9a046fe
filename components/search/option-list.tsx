import { Fragment } from 'react';
import { groupBy } from '../../lib/collections.ts';
import type { Option } from './options.ts';

export function optionId({ id }: Option): string {
  return `palette-${id.replace(/\W+/g, '-')}`;
}

interface OptionListProps {
  options: readonly Option[];
  active: Option | undefined;
  hrefOf: (address: string) => string;
  onPoint: (option: Option) => void;
  /** Notes what was taken; true when a page is opened for it. */
  onTake: (option: Option) => boolean;
  onLeave: () => void;
}

/** The options by group. The focus stays in the text box, which says which option is active. */
export function OptionList({ options, active, hrefOf, onPoint, onTake, onLeave }: OptionListProps) {
  return (
    <div className="palette-options" id="palette-options" role="listbox" aria-label="Results">
      {[...groupBy(options, ({ group }) => group)].map(([group, members]) => (
        <div key={group} role="group" aria-label={group}>
          <div className="palette-group" aria-hidden="true">
            {group}
          </div>
          {members.map((option) => (
            <a
              key={option.id}
              id={optionId(option)}
              role="option"
              tabIndex={-1}
              aria-selected={option === active}
              href={option.address === undefined ? undefined : hrefOf(option.address)}
              onPointerMove={() => option !== active && onPoint(option)}
              onClick={(event) => {
                const leaves = onTake(option);
                if (!leaves) event.preventDefault();
                else if (!event.ctrlKey && !event.metaKey) onLeave();
              }}
            >
              <Row option={option} />
            </a>
          ))}
        </div>
      ))}
    </div>
  );
}

function Row({ option: { label, note, count, result } }: { option: Option }) {
  const facts = result
    ? [
        note,
        result.partial ? 'some of the words' : undefined,
        result.id?.match(/^[A-Z]/) ? result.id : undefined,
        result.status === 'production' ? undefined : result.status,
        result.severity,
        result.matched.length > 0 && result.matched[0] !== 'name'
          ? `in ${result.matched[0] === 'ids' ? 'its ID' : result.matched[0]!.replaceAll('_', ' ')}`
          : undefined,
      ].filter(Boolean)
    : [note].filter(Boolean);
  return (
    <Fragment>
      <span className="palette-label">{label}</span>
      <span className="palette-note">
        {count === undefined ? facts.join(' · ') : `${count.toLocaleString('en')} found`}
      </span>
    </Fragment>
  );
}
