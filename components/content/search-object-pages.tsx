import type { Baseline, Investigation } from '../../lib/content/model.ts';
import { SearchView } from '../code/search-view.tsx';
import { Configuration } from '../detection/configuration.tsx';
import { Macros } from '../detection/macros.tsx';
import { Section } from '../document/layout.tsx';
import { Markdown } from '../text/markdown.tsx';
import { ObjectPage } from './object-page.tsx';
import { Joined, RefList, Refs } from './reference.tsx';

export function BaselinePage({ baseline }: { baseline: Baseline }) {
  return (
    <ObjectPage
      object={baseline}
      noun="Baseline"
      list="Baselines"
      facts={[
        { label: 'Security domain', value: baseline.securityDomain },
        { label: 'Product', value: baseline.products.join(', ') },
        {
          label: 'Data model',
          value:
            baseline.dataModels.length > 0 ? (
              <span className="mono">{baseline.dataModels.join(', ')}</span>
            ) : null,
        },
        {
          label: 'Data needed',
          value:
            baseline.dataSources.length > 0 ? (
              <Joined
                by=" or "
                items={baseline.dataSources.map((all) => <Refs key={all[0]?.name} to={all} />)}
              />
            ) : null,
        },
        { label: 'Stories', value: baseline.stories.length > 0 ? <Refs to={baseline.stories} /> : null },
      ]}
    >
      <Section id="search" title="Search">
        <SearchView
          search={baseline.search}
          language="spl"
          forms={baseline.forms}
          macros={baseline.macros}
          lookups={baseline.lookups}
          earliest={baseline.configuration?.earliest}
          latest={baseline.configuration?.latest}
        />
      </Section>
      <Section id="detections" title="Detections that need it" note={String(baseline.detections.length)}>
        {baseline.detections.length > 0 ? (
          <RefList to={baseline.detections} />
        ) : (
          <p className="nothing">None in this catalog.</p>
        )}
      </Section>
      <Macros macros={baseline.macros} />
      <Fields
        fields={
          baseline.requiredFields.length > 0 ? baseline.requiredFields : (baseline.declaredFields ?? [])
        }
      />
      <Prose id="implementation" title="How to implement" text={baseline.implementation} />
      <Prose id="false-positives" title="Known false positives" text={baseline.falsePositives} />
      <Configuration configuration={baseline.configuration} />
    </ObjectPage>
  );
}

export function InvestigationPage({ investigation }: { investigation: Investigation }) {
  return (
    <ObjectPage
      object={investigation}
      noun="Investigation"
      list="Investigations"
      facts={[
        { label: 'Security domain', value: investigation.securityDomain },
        { label: 'Product', value: investigation.products.join(', ') },
        {
          label: 'Stories',
          value: investigation.stories.length > 0 ? <Refs to={investigation.stories} /> : null,
        },
      ]}
    >
      {investigation.search ? (
        <Section id="search" title="Search" note="tokens such as $dest$ come from the finding">
          <SearchView
            search={investigation.search}
            language="spl"
            forms={investigation.forms}
            macros={investigation.macros}
            lookups={investigation.lookups}
          />
        </Section>
      ) : null}
      <Macros macros={investigation.macros} />
      <Fields fields={investigation.declaredFields ?? []} />
      <Prose id="implementation" title="How to implement" text={investigation.implementation} />
      <Prose id="false-positives" title="Known false positives" text={investigation.falsePositives} />
    </ObjectPage>
  );
}

function Fields({ fields }: { fields: string[] }) {
  if (fields.length === 0) return null;
  return (
    <Section id="required-fields" title="Required fields">
      <ul className="fields">
        {fields.map((field) => (
          <li key={field}>{field}</li>
        ))}
      </ul>
    </Section>
  );
}

function Prose({ id, title, text }: { id: string; title: string; text: string }) {
  if (!text.trim()) return null;
  return (
    <Section id={id} title={title}>
      <Markdown text={text} />
    </Section>
  );
}
