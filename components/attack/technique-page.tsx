import type { AtomicTest } from '../../lib/attack/atomic.ts';
import type { Tactic } from '../../lib/attack/techniques.ts';
import type { Detection, TechniqueEntry } from '../../lib/content/model.ts';
import { Joined } from '../content/reference.tsx';
import { Table } from '../content/table.tsx';
import { Breadcrumb, Column, Section } from '../document/layout.tsx';
import { Page } from '../document/page.tsx';
import { DetectionTable, summarise } from '../lists/detection-table.tsx';
import { tacticUrl, techniqueUrl } from '../url.ts';
import { AtomicTests } from './atomic-tests.tsx';

interface TechniquePageProps {
  technique: TechniqueEntry;
  parent?: TechniqueEntry;
  subtechniques: TechniqueEntry[];
  tactics: Tactic[];
  detections: Detection[];
  atomics: readonly AtomicTest[];
  attackVersion: string;
}

export function TechniquePage({
  technique,
  parent,
  subtechniques,
  tactics,
  detections,
  atomics,
  attackVersion,
}: TechniquePageProps) {
  const own = detections.length;
  const below = subtechniques.reduce((sum, sub) => sum + sub.detections.length, 0);
  return (
    <Page
      title={`${technique.id} ${technique.name}`}
      description={`${own} ${own === 1 ? 'detection covers' : 'detections cover'} ${technique.id} ${technique.name}.`}
      address={`/techniques/${technique.id.toLowerCase()}/`}
      section="techniques"
    >
      <Column wide>
        <header className="head">
          <Breadcrumb
            steps={[
              ['ATT&CK', '/techniques/'],
              ...(tactics[0]
                ? ([[tactics[0].name, `/tactics/${tactics[0].shortName}/`]] as [string, string][])
                : []),
              ...(parent
                ? ([[`${parent.id} ${parent.name}`, `/techniques/${parent.id.toLowerCase()}/`]] as [
                    string,
                    string,
                  ][])
                : []),
            ]}
          />
          <h1>
            <span className="mono id">{technique.id}</span> {technique.name}
          </h1>
          <p className="chips">
            <span>
              <Joined
                items={tactics.map((tactic) => (
                  <a key={tactic.shortName} href={tacticUrl(tactic.shortName)}>
                    {tactic.name}
                  </a>
                ))}
              />
            </span>
            <span>{technique.platforms.join(', ')}</span>
            <a
              href={`https://attack.mitre.org/techniques/${technique.id.replace('.', '/')}/`}
              rel="noopener noreferrer"
            >
              attack.mitre.org
            </a>
            <span>ATT&amp;CK {attackVersion}</span>
          </p>
          {technique.successor ? (
            <div className="notice" role="note">
              <p>
                <b>Revoked.</b> Use <a href={techniqueUrl(technique.successor)}>{technique.successor}</a>{' '}
                instead.
              </p>
            </div>
          ) : null}
        </header>
        <Section id="detections" title="Detections" note={String(own)}>
          {own > 0 ? (
            <DetectionTable detections={detections.map(summarise)} />
          ) : (
            <p className="nothing">
              Nothing in this catalog names {technique.id}
              {below > 0
                ? ` itself; ${below} ${below === 1 ? 'detection names' : 'detections name'} a sub-technique of it.`
                : '.'}
            </p>
          )}
        </Section>
        {subtechniques.length > 0 ? (
          <Section id="subtechniques" title="Sub-techniques">
            <Table
              rows={subtechniques}
              columns={[
                {
                  title: 'ID',
                  className: 'mono tight',
                  cell: (sub) => <a href={techniqueUrl(sub.id)}>{sub.id}</a>,
                },
                { title: 'Name', cell: (sub) => sub.name },
                { title: 'Detections', className: 'num', cell: (sub) => sub.detections.length },
              ]}
            />
          </Section>
        ) : null}
        <Named id="groups" title="Groups known to use it" items={technique.groups} path="groups" />
        <Named id="software" title="Software" items={technique.software} path="software" />
        <Named id="mitigations" title="Mitigations" items={technique.mitigations} path="mitigations" />
        {atomics.length > 0 ? (
          <Section id="atomics" title="Atomic tests" note={String(atomics.length)}>
            <AtomicTests tests={atomics} />
          </Section>
        ) : null}
      </Column>
    </Page>
  );
}

function Named({
  id,
  title,
  items,
  path,
}: {
  id: string;
  title: string;
  items: { id: string; name: string }[];
  path: string;
}) {
  if (items.length === 0) return null;
  const list = (
    <p>
      <Joined
        items={items.map((item) => (
          <a key={item.id} href={`https://attack.mitre.org/${path}/${item.id}/`} rel="noopener noreferrer">
            {item.name}
          </a>
        ))}
      />
    </p>
  );
  return (
    <Section id={id} title={title} note={String(items.length)}>
      {items.length > 24 ? (
        <details className="more">
          <summary>Show all {items.length}</summary>
          {list}
        </details>
      ) : (
        list
      )}
    </Section>
  );
}
