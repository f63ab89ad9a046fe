import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../../events/record.ts';
import { prepare, run } from '../run.ts';
import { tableFromRecords } from './records.ts';
import { Table } from './table.ts';

/** A record that counts how often a field other than the given ones is asked for. */
function record(number: number, fields: Record<string, string>, onRead: (name: string) => void = () => {}) {
  const map = new Map(Object.entries(fields));
  return {
    number,
    offset: 0,
    raw: JSON.stringify(fields),
    time: 1_700_000_000 + number,
    host: 'h',
    source: 's',
    sourcetype: 't',
    index: 'main',
    eventtype: [],
    fields: {
      keys: () => map.keys(),
      get: (name: string) => {
        onRead(name);
        return map.get(name);
      },
    } as unknown as ReadonlyMap<string, string>,
  } satisfies EventRecord;
}

describe('events as a table', () => {
  it('reads fields that no condition names from the kept events alone', () => {
    const reads = new Map<string, number>();
    const events = tableFromRecords(
      Array.from({ length: 1_000 }, (_, n) =>
        record(n, { user: `u${n}`, process: `p${n}` }, (name) => reads.set(name, (reads.get(name) ?? 0) + 1)),
      ),
    );
    const result = run(prepare('user=u500 | eval twice=process.process'), { events });
    expect(result.rows).toMatchObject([{ user: 'u500', process: 'p500', twice: 'p500p500' }]);
    expect(reads.get('user')).toBe(1_000);
    expect(reads.get('process')).toBe(1);
    expect(run(prepare('proc=p1'), { events }).rows).toEqual([]);
    expect(reads.get('proc')).toBeUndefined();
  });

  it('gives what a table of plain rows gives, whatever is picked from it in turn', () => {
    const row = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('x', 'y', '1'), {
      maxKeys: 4,
    });
    const picks = fc.array(fc.array(fc.nat({ max: 63 }), { maxLength: 40 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 64 }), picks, fc.boolean(), (rows, steps, cut) => {
        let lazy = tableFromRecords(rows.map((fields, n) => record(n, fields)));
        let plain = Table.fromRows(rows);
        for (const step of steps) {
          if (plain.size === 0) break;
          const at = Uint32Array.from(step, (n) => n % plain.size);
          lazy = lazy.select(at);
          plain = plain.select(at);
          if (cut) {
            lazy = lazy.without(['a']).with([['e', lazy.column('b') ?? plain.column('c')]].flatMap(known));
            plain = plain.without(['a']).with([['e', plain.column('b') ?? plain.column('c')]].flatMap(known));
          }
        }
        const names = ['a', 'b', 'c', 'd', 'e'];
        expect(lazy.plainRows(names)).toEqual(plain.plainRows(names));
        expect(lazy.plainRows()).toEqual(lazy.plainRows(lazy.names));
        expect([...lazy.fields].filter((name) => names.includes(name)).sort()).toEqual(
          [...plain.fields].sort(),
        );
      }),
    );
  });
});

function known<Column>([name, column]: (string | Column | undefined)[]): [string, Column][] {
  return column === undefined ? [] : [[name as string, column as Column]];
}
