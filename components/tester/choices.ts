import type { TesterCase } from '../../lib/tester/session/payload.ts';
import { sampleSource } from '../../lib/tester/session/source.ts';
import type { Choice } from './use-tester.ts';

/** The events that a detection brings along: one choice a test, then what the logs of its data sources look like. */
export function choicesOf(testerCase: TesterCase | undefined): Choice[] {
  if (testerCase === undefined) return [];
  const tests = testerCase.tests.map(({ name, expected, data, kind }, index): Choice => {
    const missing = data.find((each) => each.file === undefined)?.missing;
    const reason = kind === 'unit' ? missing : `A ${kind} test has no events to run over.`;
    return {
      key: `test-${index}`,
      label: name,
      note: expected === 0 ? 'Events that the rule must not match' : 'Events that the rule must match',
      expected: expected ?? null,
      sources: data.flatMap((each) => sampleSource(each) ?? []),
      ...(reason === undefined && data.length > 0 ? {} : { missing: reason ?? 'The test names no events.' }),
    };
  });
  const { examples } = testerCase;
  if (examples.length === 0) return tests;
  return [
    ...tests,
    {
      key: 'examples',
      label: 'Ordinary events',
      note: `Examples of ${examples.map(({ name }) => name).join(', ')}`,
      sources: examples.map(({ name, file, source, sourcetype }) => ({
        name,
        content: { address: file },
        ...(source === undefined ? {} : { source }),
        ...(sourcetype === undefined ? {} : { sourcetype }),
      })),
    },
  ];
}
