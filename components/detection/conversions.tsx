import { groupBy } from '../../lib/collections.ts';
import type { ConversionCheck, Source } from '../../lib/content/model.ts';
import { BACKENDS } from '../../lib/sigma/convert/backends.ts';
import type { RuleConversion } from '../../lib/sigma/convert/rule-conversions.ts';
import { Section } from '../document/layout.tsx';
import { site } from '../document/site.ts';

/** A filter that is joined to the rule. */
export interface JoinedFilter {
  title: string;
  source: Source;
}

interface ConversionsProps {
  conversions: RuleConversion[];
  filters?: readonly JoinedFilter[];
  /** One for each backend that was run. */
  checks: ConversionCheck[];
  /** The rule's file, for the command that prints a conversion. */
  source: Source;
}

/** The rule in other query languages, one tab for each: radio buttons, so it works without JavaScript. */
export function Conversions({ conversions, filters = [], checks, source }: ConversionsProps) {
  if (conversions.length === 0) return null;
  const path = pathOf(source);
  const files = {
    path,
    filters: new Set(filters.map((one) => pathOf(one.source)).filter((one) => one !== path)),
  };
  const today = conversions.filter(({ legacy, own }) => !legacy && !own);
  const own = groupBy(
    conversions.filter((one) => one.own),
    ({ pipeline }) => pipeline,
  );
  const old = conversions.filter(({ legacy }) => legacy);
  return (
    <Section
      id="conversions"
      title="Conversions"
      note={`${expressible(today)} of ${today.length} can express it`}
    >
      <Checked checks={checks} />
      {filters.length === 0 ? null : (
        <p className="checked">
          Joined with {filters.length === 1 ? 'the filter' : 'the filters'}{' '}
          {filters.map(({ title }) => `“${title}”`).join(', ')} of this content, as it is where it is tested.
          The old converter knew no filters.
        </p>
      )}
      <Tabs name="conversion" label="Query language" conversions={today} files={files} />
      {[...own].map(([pipeline, group]) => (
        <details className="more" key={pipeline}>
          <summary>
            With the field names of {group[0]!.pipelineTitle}: {expressible(group)} of {group.length} can
            express it
          </summary>
          <Tabs
            name={`conversion-${pipeline}`}
            label={`Query language, ${group[0]!.pipelineTitle}`}
            conversions={group}
            files={files}
          />
        </details>
      ))}
      <details className="more">
        <summary>
          As the old converter printed it: {expressible(old)} of {old.length} backends of Atomic Threat
          Coverage
        </summary>
        <Tabs name="old-conversion" label="Backend of the old converter" conversions={old} files={files} />
      </details>
    </Section>
  );
}

function expressible(conversions: RuleConversion[]): number {
  return conversions.filter(({ output }) => output !== undefined).length;
}

const CHECKED_IN: Record<ConversionCheck['backend'], string> = { splunk: 'Splunk', duckdb: 'SQL' };

/** What came of running the rule's conversions beside the matcher. Nothing is claimed that nobody ran. */
function Checked({ checks }: { checks: ConversionCheck[] }) {
  const [first] = checks;
  if (!first) return <p className="checked">Not checked: no conversion of this rule was run here.</p>;
  const { events, selected, made } = first;
  const reasons = checks.filter(({ reason }) => reason !== undefined);
  return (
    <div className="checked">
      <p>
        Checked:{' '}
        {checks.map(({ backend, same }) => (
          <span key={backend} className={same === undefined ? 'unknown' : same ? 'pass' : 'fail'}>
            {CHECKED_IN[backend]} {same === undefined ? 'not run' : same ? '✓' : '✗'}{' '}
          </span>
        ))}
        on {events.toLocaleString('en')} {events === 1 ? 'event' : 'events'}{' '}
        {made ? 'made from the rule' : 'of its tests'}, of which the rule matches{' '}
        {selected.toLocaleString('en')}.
      </p>
      <details className="more">
        <summary>What was checked</summary>
        <p>
          The rule’s condition under its own field names, as Splunk search in Sightline’s engine and as SQL in
          DuckDB, over {made ? 'events made from it' : 'the events of its log source'}. ✓ means that the query
          selects exactly the events that the rule matches. Field names of a pipeline and other query
          languages were not run.
        </p>
        {made ? (
          <p>
            No recorded events of this rule are at hand. These were made from its condition: some that meet
            it, one for each part that it excludes, and near misses, each with one field absent, empty, in
            other letter case, or a character longer or shorter. They show that the queries mean what the rule
            means, not that the rule finds what it should.
          </p>
        ) : null}
        {reasons.map(({ backend, same, reason }) => (
          <p key={backend}>
            {CHECKED_IN[backend]}
            {same === undefined ? ' was not run' : ' differs'}: {reason!.replace(/\.$/, '')}.
          </p>
        ))}
      </details>
    </div>
  );
}

interface TabsProps {
  name: string;
  label: string;
  conversions: RuleConversion[];
  files: Files;
}

/** What a command reads. */
interface Files {
  /** The rule's. */
  path: string;
  /** Of the filters that other files hold. */
  filters: ReadonlySet<string>;
}

const pathOf = ({ root, path }: Source): string => [site.contentPaths[root], path].filter(Boolean).join('/');

function Tabs({ name, label, conversions, files }: TabsProps) {
  const first = conversions.findIndex(({ output }) => output !== undefined);
  return (
    <div className="conversions" role="group" aria-label={label}>
      {conversions.map((conversion, index) => [
        <label key={conversion.key}>
          <input
            type="radio"
            name={name}
            value={conversion.key}
            defaultChecked={index === Math.max(first, 0)}
          />
          <span>
            {conversion.title}
            {conversion.reason ? <small> n/a</small> : null}
          </span>
        </label>,
        <Panel key={`${conversion.key}-panel`} conversion={conversion} files={files} />,
      ])}
    </div>
  );
}

/** Characters of a query that a page still prints: a list of a thousand hashes is of use in a file only. */
const LONGEST = 12_000;

function Panel({ conversion, files }: { conversion: RuleConversion; files: Files }) {
  const { title, legacy, output, reason, pipelineTitle } = conversion;
  const shown = output !== undefined && output.length <= LONGEST;
  return (
    <figure className="code">
      <figcaption>
        <b>{title}</b>
        {pipelineTitle ? <span>Field names: {pipelineTitle}</span> : null}
        {reason ? null : <code>{command(conversion, files)}</code>}
      </figcaption>
      {reason ? (
        <p className="nothing">
          It cannot be said in {legacy ? `${title} of the old converter` : title}:{' '}
          {reason.message.replace(/\.$/, '')}
          {reason.line === undefined ? '' : ` (line ${reason.line} of the rule)`}. <code>{reason.code}</code>
        </p>
      ) : null}
      {output !== undefined && !shown ? (
        <p className="nothing">
          This query has {output.length.toLocaleString('en')} characters, too many for a page. The command
          above prints it whole.
        </p>
      ) : null}
      {shown ? (
        <>
          <pre role="region" aria-label={legacy ? `${title}, old converter` : title} tabIndex={0}>
            {output}
          </pre>
          <button type="button" data-copy hidden>
            Copy
          </button>
        </>
      ) : null}
    </figure>
  );
}

/** Prints what the page shows, run in the content's repository. */
function command(
  { legacy, own, backend, format, pipeline }: RuleConversion,
  { path, filters }: Files,
): string {
  const target = format === 'default' ? backend : `${backend}:${format}`;
  const parts = ['npx sightline convert', shellWord(path), '--to', target];
  if (legacy) return [...parts, '--mode legacy'].join(' ');
  if (pipeline !== 'none' || BACKENDS[backend]?.pipelines[0] !== 'none') parts.push('--pipeline', pipeline);
  if (own) {
    for (const folder of site.contentPaths)
      if (folder !== null) parts.push('--content', shellWord(folder || '.'));
  }
  for (const filter of filters) parts.push('--filter', shellWord(filter));
  return parts.join(' ');
}

const shellWord = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
