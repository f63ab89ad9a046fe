import { SITE_PAGES } from '../../lib/content/site-pages.ts';
import type { FieldRow } from '../../lib/export/pivoting.ts';
import { ListPage } from '../lists/list-page.tsx';
import { objectUrl, url } from '../url.ts';
import { Joined } from './reference.tsx';
import { Table } from './table.tsx';

interface FieldsPageProps {
  rows: FieldRow[];
  /** Root-relative addresses of the tables as files. */
  pivoting: string;
  analytics: string;
}

/** A field that more logs have than this is folded. */
const MOST_LOGS = 8;

/** Which logs have a field: where to look next with a value in hand. */
export function FieldsPage({ rows, pivoting, analytics }: FieldsPageProps) {
  return (
    <ListPage
      title={SITE_PAGES.fields.title}
      address="/fields/"
      section="data-sources"
      count={rows.length}
      intro={
        <>
          Every field of every data source, and the logs that have it: with a value in hand, where to look
          next. As files:{' '}
          <a href={url(pivoting)} download>
            pivoting.csv
          </a>
          , and{' '}
          <a href={url(analytics)} download>
            analytics.csv
          </a>{' '}
          with what each detection covers, reads and leads to.
        </>
      }
      empty="No data source names its fields. They are listed under fields in the files of data_sources."
      filter="Filter by field or log"
    >
      <Table
        rows={rows}
        columns={[
          { title: 'Field', className: 'mono field', cell: ({ field }) => field },
          {
            title: 'Logs',
            className: 'num',
            cell: ({ sources, enriched }) => sources.length + enriched.length,
          },
          { title: 'In', cell: (row) => <Logs row={row} /> },
        ]}
      />
    </ListPage>
  );
}

function Logs({ row }: { row: FieldRow }) {
  const links = [
    ...row.sources.map((source) => (
      <a key={source.slug} href={objectUrl(source.kind, source.slug)}>
        {source.name}
      </a>
    )),
    ...row.enriched.map(({ source, enrichment }) => (
      <span key={`${source.slug} ${enrichment.slug}`}>
        <a href={objectUrl(source.kind, source.slug)}>{source.name}</a>
        <small className="dim">
          {' '}
          after <a href={objectUrl(enrichment.kind, enrichment.slug)}>{enrichment.name}</a>
        </small>
      </span>
    )),
  ];
  if (links.length <= MOST_LOGS) return <Joined items={links} />;
  return (
    <details>
      <summary>{links.length} logs</summary>
      <Joined items={links} />
    </details>
  );
}
