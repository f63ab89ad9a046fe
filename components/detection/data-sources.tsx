import type { DataSource, Reference } from '../../lib/content/model.ts';
import { External } from '../content/external.tsx';
import { Ref, Refs } from '../content/reference.tsx';
import { Table } from '../content/table.tsx';
import { Section } from '../document/layout.tsx';

export interface DataSourceRow {
  reference: Reference;
  source?: DataSource;
  /** This row is needed together with the row above it. */
  together: boolean;
}

export function DataSources({ rows }: { rows: DataSourceRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Section id="data-sources" title="Data sources" note={note(rows)}>
      <Table
        rows={rows}
        columns={[
          {
            title: 'Name',
            cell: ({ reference, together }) => (
              <>
                {together ? <small className="dim">and </small> : null}
                <Ref to={reference} />
              </>
            ),
          },
          { title: 'Platform', cell: ({ source }) => source?.platform },
          { title: 'Sourcetype', className: 'mono', cell: ({ source }) => source?.sourcetype },
          { title: 'Source', className: 'mono', cell: ({ source }) => source?.sourceName },
          {
            title: 'Turned on by',
            cell: ({ source }) =>
              source && source.loggingPolicies.length > 0 ? <Refs to={source.loggingPolicies} /> : null,
          },
          {
            title: 'Add-on',
            cell: ({ source }) =>
              source && source.addons.length > 0
                ? source.addons.map((addon, index) => (
                    <span key={addon.name}>
                      {index > 0 ? ', ' : ''}
                      {addon.url ? <External href={addon.url}>{addon.name}</External> : addon.name}
                      {addon.version ? <small className="dim"> {addon.version}</small> : null}
                    </span>
                  ))
                : null,
          },
        ]}
      />
    </Section>
  );
}

function note(rows: DataSourceRow[]): string | undefined {
  const alternatives = rows.filter((row) => !row.together).length;
  return alternatives > 1 ? 'any one of these' : undefined;
}
