import type { Lookup, LookupTable } from '../../lib/content/model.ts';
import { Section } from '../document/layout.tsx';
import { url } from '../url.ts';
import { ObjectPage } from './object-page.tsx';
import { RefList } from './reference.tsx';

const KIND_LABEL = {
  csv: 'CSV lookup',
  kvstore: 'KV store lookup',
  mlmodel: 'Machine-learning model',
} as const;

interface LookupPageProps {
  lookup: Lookup;
  /** Root-relative address of the CSV, where it is published. */
  download?: string;
}

export function LookupPage({ lookup, download }: LookupPageProps) {
  return (
    <ObjectPage
      object={lookup}
      noun={KIND_LABEL[lookup.lookupType]}
      list="Lookups"
      facts={[
        { label: 'File', value: lookup.filename ? <span className="mono">{lookup.filename}</span> : null },
        {
          label: 'Collection',
          value: lookup.collection ? <span className="mono">{lookup.collection}</span> : null,
        },
        {
          label: 'Match type',
          value:
            lookup.matchType.length > 0 ? <span className="mono">{lookup.matchType.join(', ')}</span> : null,
        },
        {
          label: 'Case-sensitive match',
          value: lookup.caseSensitive === undefined ? null : lookup.caseSensitive ? 'yes' : 'no',
        },
        { label: 'Least matches', value: lookup.minMatches },
        { label: 'Most matches', value: lookup.maxMatches },
        { label: 'Default match', value: lookup.defaultMatch },
        { label: 'Filter', value: lookup.filter ? <span className="mono">{lookup.filter}</span> : null },
        {
          label: 'Fields',
          value: lookup.fields.length > 0 ? <span className="mono">{lookup.fields.join(', ')}</span> : null,
        },
      ]}
    >
      {lookup.table ? (
        <Section
          id="table"
          title="Table"
          note={
            <>
              {rowsNote(lookup.table)}
              {download ? (
                <>
                  {' · '}
                  <a href={url(download)} download>
                    download
                  </a>
                </>
              ) : null}
            </>
          }
        >
          <CsvTable table={lookup.table} />
        </Section>
      ) : lookup.lookupType === 'csv' ? (
        <p className="nothing">
          Its CSV file {lookup.filename ? `“${lookup.filename}” ` : ''}is not in the content folder.
        </p>
      ) : null}
      <Section id="used-by" title="Used by" note={String(lookup.usedBy.length)}>
        {lookup.usedBy.length > 0 ? (
          <RefList to={lookup.usedBy} limit={60} />
        ) : (
          <p className="nothing">Nothing in this catalog uses it.</p>
        )}
      </Section>
    </ObjectPage>
  );
}

function rowsNote({ rows, totalRows }: LookupTable): string {
  const total = totalRows.toLocaleString('en');
  return rows.length < totalRows
    ? `first ${rows.length} of ${total} rows`
    : `${total} ${totalRows === 1 ? 'row' : 'rows'}`;
}

function CsvTable({ table }: { table: LookupTable }) {
  return (
    <div className="scroll tall" role="region" aria-label="Rows of the lookup" tabIndex={0}>
      <table className="csv">
        <thead>
          <tr>
            {table.header.map((name, index) => (
              <th key={`${index}${name}`}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, rowIndex) => (
            <tr key={String(rowIndex)}>
              {row.map((cell, index) => (
                <td key={String(index)}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
