import { CvePage } from '../../components/attack/cve-page.tsx';
import { TacticPage } from '../../components/attack/tactic-page.tsx';
import { TechniquePage } from '../../components/attack/technique-page.tsx';
import { TechniquesPage } from '../../components/attack/techniques-page.tsx';
import { Table } from '../../components/content/table.tsx';
import { ListPage } from '../../components/lists/list-page.tsx';
import { cveUrl, tacticUrl, techniqueUrl, url } from '../../components/url.ts';
import { atomicTests } from '../../lib/attack/atomic.ts';
import { attackVersion, tactic, tactics } from '../../lib/attack/techniques.ts';
import { SITE_PAGES } from '../../lib/content/site-pages.ts';
import type { PageGroup } from '../_site/pages.ts';
import { detectionsOf } from '../_site/site-catalog.ts';

export const attackPages: PageGroup = function* (catalog) {
  const { techniques, techniqueById } = catalog;
  yield [
    '/techniques/',
    () => <TechniquesPage tactics={tactics} techniques={techniques} attackVersion={attackVersion} />,
  ];
  const current = techniques.filter(({ successor }) => successor === undefined);
  yield [
    '/techniques/list/',
    () => (
      <ListPage
        title={SITE_PAGES['techniques/list'].title}
        address="/techniques/list/"
        section="techniques"
        count={current.length}
        intro={
          <>
            Techniques and sub-techniques of ATT&amp;CK {attackVersion}, and what this catalog has for each.
            By tactic they stand in the <a href={url('/techniques/')}>matrix</a>.
          </>
        }
        empty="No technique is known."
        filter="Filter techniques"
        list="techniques"
      >
        <Table
          rows={current}
          columns={[
            {
              title: 'Technique',
              cell: ({ id, name }) => (
                <a href={techniqueUrl(id)}>
                  {id} {name}
                </a>
              ),
            },
            {
              title: 'Tactic',
              cell: (row) => row.tactics.map((shortName) => tactic(shortName)?.name ?? shortName).join(', '),
            },
            { title: 'Platform', cell: ({ platforms }) => platforms.slice(0, 3).join(', ') },
            { title: 'Detections', className: 'num', cell: ({ detections }) => detections.length || null },
          ]}
        />
      </ListPage>
    ),
  ];
  for (const technique of techniques) {
    yield [
      `/techniques/${technique.id.toLowerCase()}/`,
      () => (
        <TechniquePage
          technique={technique}
          parent={technique.parent ? techniqueById.get(technique.parent) : undefined}
          subtechniques={technique.subtechniques.flatMap((id) => techniqueById.get(id) ?? [])}
          tactics={technique.tactics.flatMap((shortName) => tactic(shortName) ?? [])}
          detections={detectionsOf(catalog, technique.detections)}
          atomics={atomicTests(technique.id)}
          attackVersion={attackVersion}
        />
      ),
    ];
  }
  const ofTactic = tactics.map((entry) => ({
    tactic: entry,
    techniques: techniques.filter(
      (technique) => !technique.parent && !technique.successor && technique.tactics.includes(entry.shortName),
    ),
    detections: catalog.detections.filter((detection) => detection.tactics.includes(entry.shortName)),
  }));
  yield [
    '/tactics/',
    () => (
      <ListPage
        title={SITE_PAGES.tactics.title}
        address="/tactics/"
        section="techniques"
        count={ofTactic.length}
        intro={SITE_PAGES.tactics.description}
        empty=""
      >
        <Table
          rows={ofTactic}
          columns={[
            {
              title: 'Tactic',
              cell: (row) => <a href={tacticUrl(row.tactic.shortName)}>{row.tactic.name}</a>,
            },
            { title: 'ID', className: 'mono', cell: (row) => row.tactic.id },
            { title: 'Techniques', className: 'num', cell: (row) => row.techniques.length },
            { title: 'Detections', className: 'num', cell: (row) => String(row.detections.length) },
          ]}
        />
      </ListPage>
    ),
  ];
  for (const row of ofTactic)
    yield [`/tactics/${row.tactic.shortName}/`, () => <TacticPage {...row} byId={techniqueById} />];
  yield [
    '/cves/',
    () => (
      <ListPage
        title={SITE_PAGES.cves.title}
        address="/cves/"
        section="cves"
        count={catalog.cves.length}
        intro={SITE_PAGES.cves.description}
        empty="No detection or story of this catalog names a CVE."
        filter={catalog.cves.length > 10 ? 'Filter CVEs' : undefined}
        list={catalog.cves.length > 10 ? 'cves' : undefined}
      >
        <Table
          rows={catalog.cves}
          columns={[
            { title: 'CVE', className: 'mono', cell: (cve) => <a href={cveUrl(cve.id)}>{cve.id}</a> },
            { title: 'Detections', className: 'num', cell: (cve) => cve.detections.length || null },
            { title: 'Stories', className: 'num', cell: (cve) => cve.stories.length || null },
          ]}
        />
      </ListPage>
    ),
  ];
  for (const cve of catalog.cves) {
    yield [
      `/cves/${cve.id.toLowerCase()}/`,
      () => <CvePage cve={cve} detections={detectionsOf(catalog, cve.detections)} />,
    ];
  }
};
