import type { AtomicTest } from '../../lib/attack/atomic.ts';
import { Table } from '../content/table.tsx';
import { Technique } from './links.tsx';

/** Tests with a link to what each of them does. `withTechnique` where a table has tests of several. */
export function AtomicTests({
  tests,
  withTechnique,
}: {
  tests: readonly AtomicTest[];
  withTechnique?: boolean;
}) {
  return (
    <Table
      stacked
      rows={tests}
      columns={[
        {
          title: 'Test',
          cell: (test) => (
            <a href={atomicUrl(test)} rel="noopener noreferrer">
              {test.name}
            </a>
          ),
        },
        {
          title: 'Technique',
          className: 'mono tight',
          cell: ({ technique }) => (withTechnique ? <Technique id={technique} /> : null),
        },
        { title: 'Platforms', cell: ({ platforms }) => platforms.join(', ') },
        { title: 'Executor', className: 'mono tight', cell: ({ executor }) => executor },
      ]}
    />
  );
}

/** The heading of the test in its technique's document, as GitHub makes anchors of headings. */
function atomicUrl({ technique, number, name }: AtomicTest): string {
  const heading = `Atomic Test #${number} - ${name}`;
  const anchor = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
  return `https://github.com/redcanaryco/atomic-red-team/blob/master/atomics/${technique}/${technique}.md#${encodeURIComponent(anchor)}`;
}
