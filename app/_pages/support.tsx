import {
  type FlagRow,
  type SupportGroup,
  SupportPage,
  type SupportRow,
} from '../../components/support/support-page.tsx';
import { commandDocs } from '../../lib/spl/commands/commands.docs.ts';
import { commandEntries } from '../../lib/spl/commands/table.ts';
import { AGGREGATION_DOCS, AGGREGATION_PAGES } from '../../lib/spl/run/aggregations/aggregations.docs.ts';
import { apply, iplocation, passedOver, sideEffect } from '../../lib/spl/run/commands/external.ts';
import { implementation, implementedCommands } from '../../lib/spl/run/commands/registry.ts';
import { FUNCTION_DOCS, FUNCTION_PAGES } from '../../lib/spl/run/functions/functions.docs.ts';
import { REGEX_DOCS } from '../../lib/spl/run/regex/regex.docs.ts';
import { DIRECTIVE_DOCS } from '../../lib/spl/run/time/directives.docs.ts';
import { COMPAT_DOCS } from '../../lib/spl/run/value/compat.docs.ts';
import { COMPAT_DEFAULTS } from '../../lib/spl/run/value/compat.ts';
import type { PageGroup } from '../_site/pages.ts';

export const supportPages: PageGroup = function* () {
  yield ['/support/', () => <SupportPage groups={groups()} flags={flags()} />];
};

function groups(): SupportGroup[] {
  return [
    {
      id: 'commands',
      title: 'Commands',
      intro: 'A command that is only read is printed, formatted and checked, and stops a run with a message.',
      rows: commandRows(),
    },
    {
      id: 'functions',
      title: 'Eval functions',
      intro: 'For eval, where, fieldformat and the eval expressions inside other commands, in SPL and SPL2.',
      rows: Object.entries(FUNCTION_DOCS).map(([name, docs]) => ({
        name,
        href: docs.page && FUNCTION_PAGES + docs.page,
        summary: docs.summary,
        example: docs.example?.expr ?? docs.usage,
        result: docs.example && shown(docs.example.expected),
        evidence: docs.evidence,
        support: 'runs',
      })),
    },
    {
      id: 'aggregations',
      title: 'Aggregations',
      intro:
        'For stats, eventstats, streamstats, tstats, chart and timechart. The examples show the values of a field and the result.',
      rows: Object.entries(AGGREGATION_DOCS).map(([name, docs]) => ({
        name,
        href: docs.page && AGGREGATION_PAGES + docs.page,
        summary: docs.summary,
        example: `${docs.example.func}(${docs.example.values.map((value) => shown(value)).join(', ')})`,
        result: shown(docs.example.expected),
        evidence: docs.evidence,
        support: 'runs',
      })),
    },
    {
      id: 'regex',
      title: 'Regular expressions',
      intro:
        'PCRE as far as it can be matched exactly. A pattern that would run for ever ends with a diagnostic.',
      rows: REGEX_DOCS.map(
        ({ construct, summary, example }): SupportRow =>
          'refused' in example
            ? { name: construct, summary, example: example.refused, support: 'refused, with its place' }
            : { name: construct, summary, example: example.pattern, result: example.finds, support: 'runs' },
      ),
    },
    {
      id: 'time',
      title: 'Time directives',
      intro: 'For strftime and strptime, at 3 August 2018, 19:22:33.123456 UTC.',
      rows: DIRECTIVE_DOCS.map(({ directive, summary, example, parsed }) => ({
        name: directive,
        summary,
        example: directive,
        result: example,
        support: parsed ? 'writes and reads' : 'writes',
      })),
    },
  ];
}

function commandRows(): SupportRow[] {
  const implemented = new Set(implementedCommands());
  return commandEntries()
    .flatMap((entry): SupportRow[] => {
      const docs = commandDocs(entry.name);
      if (!docs) return [];
      const { summary, example, evidence, docs: href } = docs;
      return [
        {
          name: entry.name,
          href,
          summary,
          example,
          evidence,
          support: commandSupport(entry.name, implemented),
        },
      ];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Asked of the registry itself, so that the page cannot claim what the engine does not do. */
function commandSupport(name: string, implemented: Set<string>): string {
  if (!implemented.has(name)) return 'read only';
  const command: unknown = implementation(name);
  if (command === sideEffect) return 'runs without its side effect: the rows are shown as an output';
  if (command === passedOver) return 'not evaluated: rows go on, with a note';
  if (command === iplocation) return 'needs a table of places; fields stay empty, with a note';
  if (command === apply) return 'linear models that the content has';
  return 'runs';
}

function flags(): FlagRow[] {
  const defaults: Record<string, string> = COMPAT_DEFAULTS;
  return Object.entries(COMPAT_DOCS).map(([name, docs]) => ({
    name,
    question: docs.question,
    reason: docs.reason,
    values: Object.entries(docs.values).map(([value, meaning]) => ({
      name: value,
      meaning,
      isDefault: defaults[name] === value,
    })),
  }));
}

function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
