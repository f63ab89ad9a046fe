import type { ReactNode } from 'react';
import { SITE_PAGES } from '../../lib/content/site-pages.ts';
import { highlightLines } from '../code/highlight.ts';
import { Table } from '../content/table.tsx';
import { Column, Section } from '../document/layout.tsx';
import { Page } from '../document/page.tsx';

export interface SupportRow {
  name: string;
  /** Where the vendor documents it. */
  href?: string;
  summary: string;
  example?: string;
  result?: string;
  /** What the behaviour rests on: gold, docs, impl, assumed. */
  evidence?: string;
  /** Runs, or why it does not. */
  support: string;
}

export interface FlagRow {
  name: string;
  question: string;
  reason: string;
  values: { name: string; meaning: string; isDefault: boolean }[];
}

export interface SupportGroup {
  id: string;
  title: string;
  intro: string;
  rows: SupportRow[];
}

export function SupportPage({ groups, flags }: { groups: SupportGroup[]; flags: FlagRow[] }) {
  return (
    <Page
      title={SITE_PAGES.support.title}
      description={SITE_PAGES.support.description}
      address="/support/"
      section="guides"
    >
      <Column wide>
        <h1>{SITE_PAGES.support.title}</h1>
        <p className="intro">
          Made from the tables that the engine itself runs on. <b>Evidence</b> says what the behaviour rests
          on: <i>gold</i>, captured from a real Splunk; <i>docs</i>, documented; <i>impl</i>, as another
          implementation does it; <i>assumed</i>, our reading. Every example is run as a test. What is not
          listed stops a search and says so.
        </p>
        <p className="chips">
          {groups.map((group) => (
            <a key={group.id} href={`#${group.id}`}>
              {group.title} {group.rows.length}
            </a>
          ))}
          <a href="#flags">Open questions {flags.length}</a>
        </p>
        {groups.map((group) => (
          <Section key={group.id} id={group.id} title={group.title} note={String(group.rows.length)}>
            <p>{group.intro}</p>
            <SupportTable rows={group.rows} />
          </Section>
        ))}
        <Section id="flags" title="Open questions" note={String(flags.length)}>
          <p>
            Where neither the documentation nor a capture settles what Splunk does, the answer is a named flag
            with a default, and a result that rests on one says so.
          </p>
          <Table
            rows={flags}
            columns={[
              { title: 'Flag', className: 'mono path', cell: (flag) => flag.name },
              { title: 'Question', cell: (flag) => <Inline text={flag.question} /> },
              { title: 'Values', cell: (flag) => <FlagValues flag={flag} /> },
              { title: 'Why', cell: (flag) => <Inline text={flag.reason} /> },
            ]}
          />
        </Section>
      </Column>
    </Page>
  );
}

function SupportTable({ rows }: { rows: SupportRow[] }) {
  return (
    <Table
      rows={rows}
      columns={[
        {
          title: 'Name',
          className: 'mono tight',
          cell: (row) =>
            row.href ? (
              <a href={row.href} rel="noopener noreferrer">
                {row.name}
              </a>
            ) : (
              row.name
            ),
        },
        { title: 'What it does', cell: (row) => <Inline text={row.summary} /> },
        { title: 'Example', className: 'value', cell: (row) => (row.example ? <Example row={row} /> : null) },
        { title: 'Evidence', cell: (row) => row.evidence },
        { title: 'Support', cell: (row) => row.support },
      ]}
    />
  );
}

function Example({ row }: { row: SupportRow }): ReactNode {
  return (
    <>
      <code dangerouslySetInnerHTML={{ __html: highlightLines(row.example ?? '', 'spl').join('\n') }} />
      {row.result === undefined ? null : (
        <>
          {' '}
          → <code>{row.result}</code>
        </>
      )}
    </>
  );
}

function FlagValues({ flag }: { flag: FlagRow }) {
  return (
    <ul className="refs">
      {flag.values.map((value) => (
        <li key={value.name}>
          <code>{value.name}</code>
          {value.isDefault ? <small className="dim"> default</small> : null} <Inline text={value.meaning} />
        </li>
      ))}
    </ul>
  );
}

/** A sentence with code in it, without a paragraph around it. */
function Inline({ text }: { text: string }) {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? <code key={`${index}${part}`}>{part}</code> : part));
}
