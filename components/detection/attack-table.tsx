import type { TechniqueEntry, TechniqueUse } from '../../lib/content/model.ts';
import { Joined } from '../content/reference.tsx';
import { Table } from '../content/table.tsx';
import { Section } from '../document/layout.tsx';
import { tacticUrl, techniqueUrl } from '../url.ts';

export interface AttackRow {
  use: TechniqueUse;
  entry?: TechniqueEntry;
  successorName?: string;
  tactics: { shortName: string; name: string }[];
}

/** Parents before sub-techniques; a revoked ID shows its successor. */
export function AttackTable({ rows, attackVersion }: { rows: AttackRow[]; attackVersion: string }) {
  if (rows.length === 0) return null;
  const groups = groupsOf(rows);
  return (
    <Section id="attack" title="ATT&CK" note={`version ${attackVersion}`}>
      <Table
        rows={rows}
        columns={[
          {
            title: 'ID',
            className: 'mono tight',
            cell: ({ use, entry }) => (entry ? <a href={techniqueUrl(entry.id)}>{use.id}</a> : use.id),
          },
          {
            title: 'Technique',
            cell: ({ use, successorName }) => (
              <>
                {use.name ?? <span className="missing">Not in this ATT&CK version</span>}
                {use.implied ? <small className="dim"> parent</small> : null}
                {use.successor ? (
                  <span className="successor">
                    {' '}
                    Revoked; now <a href={techniqueUrl(use.successor)}>{use.successor}</a>{' '}
                    {successorName ?? ''}
                  </span>
                ) : null}
              </>
            ),
          },
          {
            title: 'Tactic',
            cell: ({ tactics }) => (
              <Joined
                items={tactics.map((tactic) => (
                  <a key={tactic.shortName} href={tacticUrl(tactic.shortName)}>
                    {tactic.name}
                  </a>
                ))}
              />
            ),
          },
          {
            title: 'Also covered by',
            className: 'tight',
            cell: ({ entry, use }) => {
              const others = (entry?.detections.length ?? 0) - (use.implied ? 0 : 1);
              if (!entry || others <= 0) return null;
              return (
                <a href={techniqueUrl(entry.id)}>
                  {others} {others === 1 ? 'detection' : 'detections'}
                </a>
              );
            },
          },
        ]}
      />
      {groups.length > 0 ? <Groups groups={groups} /> : null}
    </Section>
  );
}

function Groups({ groups }: { groups: { id: string; name: string }[] }) {
  const names = groups.map((group) => group.name).join(', ');
  if (groups.length <= 8) return <p className="groups">Known to use it: {names}.</p>;
  return (
    <details className="groups more">
      <summary>{groups.length} groups are known to use it</summary>
      <p>{names}</p>
    </details>
  );
}

/** Groups of the techniques that the file lists; a parent's groups would drown them. */
function groupsOf(rows: AttackRow[]): { id: string; name: string }[] {
  const byId = new Map<string, { id: string; name: string }>();
  const listed = rows.filter((row) => !row.use.implied);
  const specific = listed.filter((row) => !listed.some((other) => other.use.id.startsWith(`${row.use.id}.`)));
  for (const row of specific) for (const group of row.entry?.groups ?? []) byId.set(group.id, group);
  return [...byId.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
