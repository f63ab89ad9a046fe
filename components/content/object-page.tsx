import type { ReactNode } from 'react';
import { folderOfKind } from '../../lib/content/address.ts';
import { statusLabel } from '../../lib/content/labels.ts';
import type { ObjectBase } from '../../lib/content/model.ts';
import { Breadcrumb, Section } from '../document/layout.tsx';
import { Page } from '../document/page.tsx';
import { Markdown } from '../text/markdown.tsx';

import { DateText } from './date.tsx';
import { ReferenceList } from './external.tsx';
import { Ref } from './reference.tsx';
import { SourceLinks, viewUrl } from './source-links.tsx';

export interface Fact {
  label: string;
  value: ReactNode;
}

interface ObjectPageProps {
  object: ObjectBase;
  /** Word for one such object: "Analytic story". */
  noun: string;
  /** Title of the list it belongs to. */
  list: string;
  facts?: Fact[];
  islands?: string[];
  children: ReactNode;
}

/** The frame that all objects but detections share: heading, description, facts at the side, source at the end. */
export function ObjectPage({
  object,
  noun,
  list,
  facts = [],
  islands = ['detection'],
  children,
}: ObjectPageProps) {
  const section = folderOfKind[object.kind];
  const address = `/${section}/${object.slug}/`;
  const rows = [...facts, ...commonFacts(object)].filter((fact) => !isBlank(fact.value));
  const view = viewUrl(object.source);
  return (
    <Page
      title={object.name}
      description={object.description}
      address={address}
      section={section}
      islands={islands}
    >
      <div className="page">
        <main id="content">
          <header className="head">
            <Breadcrumb steps={[[list, `/${section}/`]]} />
            <h1 className={object.kind === 'macro' || object.kind === 'lookup' ? 'mono' : undefined}>
              {object.name}
            </h1>
            <p className="chips">
              <span>{noun}</span>
              {object.status && object.status !== 'production' ? (
                <span>{statusLabel(object.status)}</span>
              ) : null}
              {object.modified ? (
                <span>
                  Updated <DateText value={object.modified} />
                </span>
              ) : null}
            </p>
            {object.deprecation ? (
              <div className="notice" role="note">
                <p>
                  <b>{statusLabel(object.status) ?? 'Deprecated'}.</b> {object.deprecation.reason ?? ''}{' '}
                  {object.deprecation.replacements.length > 0 ? 'Use instead: ' : ''}
                  {object.deprecation.replacements.map((replacement) => (
                    <Ref key={replacement.name} to={replacement} />
                  ))}
                </p>
              </div>
            ) : null}
          </header>
          {object.description.trim() ? <Markdown className="lead" text={object.description} /> : null}
          {children}
          {object.references.length > 0 ? (
            <Section id="references" title="References">
              <ReferenceList references={object.references} />
            </Section>
          ) : null}
          <p className="provenance">
            Source:{' '}
            {view ? (
              <a href={view}>{object.source.path}</a>
            ) : (
              <span className="path">{object.source.path}</span>
            )}
            {object.version === undefined ? '' : ` · version ${object.version}`}
          </p>
        </main>
        <aside className="rail" aria-label="Facts">
          <dl>
            {rows.map((fact) => (
              <div key={fact.label}>
                <dt>{fact.label}</dt>
                <dd>{fact.value}</dd>
              </div>
            ))}
          </dl>
        </aside>
      </div>
    </Page>
  );
}

function commonFacts(object: ObjectBase): Fact[] {
  return [
    {
      label: 'ID',
      value: object.id ? (
        <span className="mono" data-copyable>
          {object.id}
        </span>
      ) : null,
    },
    { label: object.authors.length === 1 ? 'Author' : 'Authors', value: object.authors.join(', ') },
    { label: 'Created', value: object.created ? <DateText value={object.created} /> : null },
    { label: 'Modified', value: object.modified ? <DateText value={object.modified} /> : null },
    { label: 'Source', value: <SourceLinks source={object.source} /> },
  ];
}

function isBlank(value: ReactNode): boolean {
  return (
    value === null ||
    value === undefined ||
    value === false ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}
