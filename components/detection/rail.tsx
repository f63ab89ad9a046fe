import type { ReactNode } from 'react';
import type { Detection, Licence } from '../../lib/content/model.ts';
import { DateText } from '../content/date.tsx';
import { Joined, Ref, Refs } from '../content/reference.tsx';
import { SourceLinks } from '../content/source-links.tsx';

/** What it takes to run it and where it belongs: first on a phone, at the side on a wide screen. */
export function Essentials({ detection }: { detection: Detection }) {
  const { dataSources, stories } = detection;
  if (dataSources.length === 0 && stories.length === 0) return null;
  return (
    <aside className="essentials" aria-label="Essentials">
      <dl>
        {dataSources.length > 0 ? (
          <Fact label="Data needed">
            <Joined
              by=" or "
              items={dataSources.map((together) => (
                <Joined
                  key={together.map((source) => source.name).join()}
                  by=" and "
                  items={together.map((source) => <Ref key={source.name} to={source} />)}
                />
              ))}
            />
          </Fact>
        ) : null}
        {stories.length > 0 ? (
          <Fact label={stories.length === 1 ? 'Story' : 'Stories'}>
            <Refs to={stories.slice(0, 5)} />
            {stories.length > 5 ? <a href="#related"> and {stories.length - 5} more</a> : null}
          </Fact>
        ) : null}
      </dl>
    </aside>
  );
}

export function Facts({
  detection,
  contents,
  licence,
}: {
  detection: Detection;
  licence?: Licence;
  contents: [id: string, label: string][];
}) {
  const { id, authors, created, modified, products, dataModels, source } = detection;
  return (
    <aside className="rail" aria-label="Facts">
      <dl>
        {id ? (
          <Fact label="ID">
            <span className="mono" data-copyable>
              {id}
            </span>
          </Fact>
        ) : null}
        {authors.length > 0 ? (
          <Fact label={authors.length === 1 ? 'Author' : 'Authors'}>{authors.join(', ')}</Fact>
        ) : null}
        {created ? (
          <Fact label="Created">
            <DateText value={created} />
          </Fact>
        ) : null}
        {modified ? (
          <Fact label="Modified">
            <DateText value={modified} />
          </Fact>
        ) : null}
        {products.length > 0 ? <Fact label="Product">{products.join(', ')}</Fact> : null}
        {dataModels.length > 0 ? (
          <Fact label="Data model">
            <span className="mono">{dataModels.join(', ')}</span>
          </Fact>
        ) : null}
        {licence ? (
          <Fact label="Licence">
            {licence.url ? (
              <a href={licence.url} rel="noopener noreferrer">
                {licence.name}
              </a>
            ) : (
              licence.name
            )}
          </Fact>
        ) : null}
        <Fact label="Source">
          <SourceLinks source={source} />
        </Fact>
      </dl>
      <nav className="contents" aria-label="On this page">
        <h2>On this page</h2>
        <ul>
          {contents.map(([anchor, label]) => (
            <li key={anchor}>
              <a href={`#${anchor}`}>{label}</a>
            </li>
          ))}
        </ul>
      </nav>
    </aside>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
