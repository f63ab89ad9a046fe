import type { Tactic } from '../../lib/attack/techniques.ts';
import type { TechniqueEntry } from '../../lib/content/model.ts';
import { SITE_PAGES } from '../../lib/content/site-pages.ts';
import { Column } from '../document/layout.tsx';
import { Page } from '../document/page.tsx';
import { url } from '../url.ts';
import { Matrix } from './matrix.tsx';

interface TechniquesPageProps {
  tactics: readonly Tactic[];
  techniques: TechniqueEntry[];
  attackVersion: string;
}

export function TechniquesPage({ tactics, techniques, attackVersion }: TechniquesPageProps) {
  const current = techniques.filter((technique) => !technique.successor);
  const covered = current.filter((technique) => technique.detections.length > 0).length;
  return (
    <Page
      title={SITE_PAGES.techniques.title}
      description={`${covered} of ${current.length} ATT&CK techniques and sub-techniques have a detection here.`}
      address="/techniques/"
      section="techniques"
    >
      <Column wide>
        <h1>{SITE_PAGES.techniques.title}</h1>
        <p className="intro">
          {covered.toLocaleString('en')} of {current.length.toLocaleString('en')} techniques and
          sub-techniques of ATT&amp;CK {attackVersion} are named by at least one detection. The number counts
          detections of a technique and its sub-techniques; none is said, not hidden. To filter and export
          them, take <a href={url('/techniques/list/')}>the list</a>.
        </p>
        <Matrix tactics={tactics} techniques={techniques} />
      </Column>
    </Page>
  );
}
