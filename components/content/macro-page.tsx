import type { Macro } from '../../lib/content/model.ts';
import { CodeBlock } from '../code/code-block.tsx';
import { Section } from '../document/layout.tsx';
import { ObjectPage } from './object-page.tsx';
import { Joined, Ref, RefList, Refs } from './reference.tsx';

export function MacroPage({ macro }: { macro: Macro }) {
  return (
    <ObjectPage
      object={macro}
      noun={
        macro.arguments.length > 0
          ? `Macro of ${macro.arguments.length} ${macro.arguments.length === 1 ? 'argument' : 'arguments'}`
          : 'Macro'
      }
      list="Macros"
      facts={[
        {
          label: 'Arguments',
          value:
            macro.arguments.length > 0 ? <span className="mono">{macro.arguments.join(', ')}</span> : null,
        },
        {
          label: 'Uses macros',
          value:
            macro.macros.length > 0 ? (
              <Joined
                items={macro.macros.map((use) => (
                  <Ref key={use.name} to={{ name: use.name, kind: 'macro', slug: use.slug }} />
                ))}
              />
            ) : null,
        },
        { label: 'Reads lookups', value: macro.lookups.length > 0 ? <Refs to={macro.lookups} /> : null },
      ]}
    >
      <Section id="definition" title="Definition">
        <CodeBlock code={macro.definition} language="spl" label="Definition" />
      </Section>
      <Section id="used-by" title="Used by" note={String(macro.usedBy.length)}>
        {macro.usedBy.length > 0 ? (
          <RefList to={macro.usedBy} limit={60} />
        ) : (
          <p className="nothing">Nothing in this catalog uses it.</p>
        )}
      </Section>
    </ObjectPage>
  );
}
