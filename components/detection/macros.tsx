import type { MacroUse } from '../../lib/content/model.ts';
import { highlightLines } from '../code/highlight.ts';
import { Ref } from '../content/reference.tsx';
import { Table } from '../content/table.tsx';
import { Section } from '../document/layout.tsx';

export function Macros({ macros }: { macros: MacroUse[] }) {
  if (macros.length === 0) return null;
  const filters = macros.filter((macro) => macro.name.endsWith('_filter') && macro.origin === 'default');
  return (
    <Section id="macros" title="Macros used">
      <Table
        stacked
        rows={macros}
        columns={[
          {
            title: 'Name',
            className: 'mono path',
            cell: (macro) => <MacroName macro={macro} />,
          },
          {
            title: 'Value',
            className: 'value',
            cell: (macro) =>
              macro.definition === undefined ? (
                <span className="dim">Not in this catalog; define it before you run the search.</span>
              ) : (
                <code
                  dangerouslySetInnerHTML={{ __html: highlightLines(macro.definition, 'spl').join('\n') }}
                />
              ),
          },
          {
            title: 'Inside',
            className: 'mono path',
            cell: (macro) => (macro.via.length > 0 ? macro.via.join(', ') : null),
          },
        ]}
      />
      {filters.map((filter) => (
        <p key={filter.name} className="remark">
          <code>{filter.name}</code> is empty by default: put what is normal for you into it and the search
          itself stays untouched.
        </p>
      ))}
    </Section>
  );
}

function MacroName({ macro }: { macro: MacroUse }) {
  if (macro.slug) return <Ref to={{ name: macro.name, kind: 'macro', slug: macro.slug }} />;
  return macro.origin === 'missing' ? <span className="missing">{macro.name}</span> : macro.name;
}
