import type { Tactic } from '../../lib/attack/techniques.ts';
import type { Detection, TechniqueEntry } from '../../lib/content/model.ts';
import { Table } from '../content/table.tsx';
import { Breadcrumb, Column, Section } from '../document/layout.tsx';
import { Page } from '../document/page.tsx';
import { DetectionTable, summarise } from '../lists/detection-table.tsx';
import { techniqueUrl } from '../url.ts';
import { countWithSubs } from './matrix.tsx';

interface TacticPageProps {
  tactic: Tactic;
  techniques: TechniqueEntry[];
  byId: Map<string, TechniqueEntry>;
  detections: Detection[];
}

export function TacticPage({ tactic, techniques, byId, detections }: TacticPageProps) {
  return (
    <Page
      title={tactic.name}
      description={`${detections.length} detections for the ATT&CK tactic ${tactic.name}.`}
      address={`/tactics/${tactic.shortName}/`}
      section="techniques"
    >
      <Column wide>
        <header className="head">
          <Breadcrumb steps={[['ATT&CK', '/techniques/']]} />
          <h1>{tactic.name}</h1>
          <p className="chips">
            <span className="mono">{tactic.id}</span>
            <a href={`https://attack.mitre.org/tactics/${tactic.id}/`} rel="noopener noreferrer">
              attack.mitre.org
            </a>
          </p>
        </header>
        <Section id="techniques" title="Techniques" note={String(techniques.length)}>
          <Table
            rows={techniques}
            columns={[
              {
                title: 'ID',
                className: 'mono tight',
                cell: (technique) => <a href={techniqueUrl(technique.id)}>{technique.id}</a>,
              },
              { title: 'Name', cell: (technique) => technique.name },
              {
                title: 'Sub-techniques',
                className: 'num',
                cell: (technique) => technique.subtechniques.length || null,
              },
              {
                title: 'Detections',
                className: 'num',
                cell: (technique) => String(countWithSubs(technique, byId)),
              },
            ]}
          />
        </Section>
        <Section id="detections" title="Detections" note={String(detections.length)}>
          {detections.length > 0 ? (
            <DetectionTable detections={detections.map(summarise)} />
          ) : (
            <p className="nothing">No detection in this catalog serves this tactic yet.</p>
          )}
        </Section>
      </Column>
    </Page>
  );
}
