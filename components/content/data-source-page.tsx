import type { DataSource } from '../../lib/content/model.ts';
import { CodeBlock } from '../code/code-block.tsx';
import type { CodeLanguage } from '../code/highlight.ts';
import { Section } from '../document/layout.tsx';
import { url } from '../url.ts';
import { External } from './external.tsx';
import { ObjectPage } from './object-page.tsx';
import { Joined, Ref, RefList } from './reference.tsx';
import { Table } from './table.tsx';

export function DataSourcePage({ source }: { source: DataSource }) {
  const mono = (text: string | undefined) => (text ? <span className="mono">{text}</span> : null);
  return (
    <ObjectPage
      object={source}
      noun="Data source"
      list="Data sources"
      facts={[
        { label: 'Platform', value: source.platform },
        { label: 'Kind of log', value: [source.category, source.logType].filter(Boolean).join(', ') },
        { label: 'Channel', value: mono(source.channel) },
        { label: 'Provider', value: mono(source.provider) },
        {
          label: source.eventIds.length === 1 ? 'Event id' : 'Event ids',
          value: source.eventIds.length > 0 ? mono(source.eventIds.join(', ')) : null,
        },
        { label: 'Sourcetype', value: mono(source.sourcetype) },
        { label: 'Source (as Splunk names it)', value: mono(source.sourceName) },
        {
          label: 'Told apart by',
          value: source.separator
            ? mono(source.separator + (source.separatorValue ? ` = ${source.separatorValue}` : ''))
            : null,
        },
        {
          label: 'Add-ons',
          value:
            source.addons.length > 0 ? (
              <Joined
                items={source.addons.map((addon) => (
                  <span key={addon.name}>
                    {addon.url ? <External href={addon.url}>{addon.name}</External> : addon.name}
                    {addon.version ? ` ${addon.version}` : ''}
                  </span>
                ))}
              />
            ) : null,
        },
        {
          label: 'Configuration',
          value: source.configuration ? <External href={source.configuration} /> : null,
        },
        { label: 'ATT&CK data components', value: source.mitreComponents.join(', ') },
        {
          label: 'Sigma log source',
          value: source.logsource
            ? mono(
                Object.entries(source.logsource)
                  .map(([key, value]) => `${key}: ${value}`)
                  .join(', '),
              )
            : null,
        },
        {
          label: 'In Atomic Threat Coverage',
          value: source.dataNeededNames.length > 0 ? mono(source.dataNeededNames.join(', ')) : null,
        },
      ]}
    >
      <Section id="used-by" title="Detections that read it" note={String(source.usedBy.length)}>
        {source.usedBy.length > 0 ? (
          <RefList to={source.usedBy} limit={40} />
        ) : (
          <p className="nothing">No detection in this catalog names it.</p>
        )}
      </Section>
      {source.loggingPolicies.length > 0 ? (
        <Section id="logging-policies" title="Logging policies that turn it on">
          <RefList to={source.loggingPolicies} />
        </Section>
      ) : null}
      {source.enrichedBy.length > 0 ? (
        <Section id="enrichments" title="Enrichments that add to it">
          <RefList to={source.enrichedBy} />
        </Section>
      ) : null}
      {source.fieldMappings.map((mapping) => (
        <Section
          key={`${mapping.dataModel}${mapping.dataSet}`}
          id={`mapping-${(mapping.dataSet ?? mapping.dataModel).toLowerCase().replace(/[^a-z0-9]+/g, '-')}`}
          title={`${mapping.dataModel.toUpperCase()} mapping`}
          note={mapping.dataSet}
        >
          <Table
            rows={mapping.mapping}
            columns={[
              { title: 'Field', className: 'mono', cell: ([field]) => field },
              { title: 'Becomes', className: 'mono', cell: ([, target]) => target },
            ]}
          />
        </Section>
      ))}
      {source.convertsTo.map((conversion) => (
        <Section
          key={conversion.dataSource.name}
          id={`conversion-${conversion.dataSource.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`}
          title="The same in another log"
          note={<Ref to={conversion.dataSource} />}
        >
          <Table
            rows={conversion.mapping}
            columns={[
              { title: 'Field', className: 'mono', cell: ([field]) => field },
              { title: 'There', className: 'mono', cell: ([, target]) => target },
            ]}
          />
        </Section>
      ))}
      {source.fields.length > 0 ? (
        <Section id="fields" title="Fields" note={<a href={url('/fields/')}>which other logs have them</a>}>
          <ul className="fields">
            {source.fields.map((field) => (
              <li key={field}>{field}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      {source.outputFields.length > 0 ? (
        <Section id="output-fields" title="Output fields">
          <ul className="fields">
            {source.outputFields.map((field) => (
              <li key={field}>{field}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      {source.exampleLog?.trim() ? (
        <Section id="example" title="Sample log">
          <CodeBlock
            code={readable(source.exampleLog.trim())}
            language={languageOf(source.exampleLog)}
            label="Sample log"
          />
        </Section>
      ) : null}
    </ObjectPage>
  );
}

function languageOf(log: string): CodeLanguage {
  const first = log.trimStart().charAt(0);
  return first === '{' || first === '[' ? 'json' : first === '<' ? 'xml' : 'text';
}

/** One event on one line is unreadable; JSON is laid out, XML gets a line per element, other text stays. */
function readable(log: string): string {
  if (languageOf(log) === 'json') {
    try {
      return JSON.stringify(JSON.parse(log), null, 2);
    } catch {
      return log;
    }
  }
  return languageOf(log) === 'xml' && !log.includes('\n') ? log.replace(/></g, '>\n<') : log;
}
