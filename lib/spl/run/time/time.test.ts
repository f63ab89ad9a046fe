import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMPAT_DEFAULTS } from '../value/compat.ts';
import { DIRECTIVE_DOCS, DIRECTIVE_EXAMPLE } from './directives.docs.ts';
import { strftime } from './format.ts';
import { applyTimeModifier, parseTimeModifier } from './modifier.ts';
import { strptime } from './parse.ts';
import {
  automaticNumberSpan,
  automaticTimeSpan,
  floorNumber,
  floorTime,
  nextBucket,
  parseTimeSpan,
} from './span.ts';
import { fromLocal, timeZone, toLocal, UTC } from './zone.ts';

const NEW_YORK = timeZone('America/New_York')!;
const KOLKATA = timeZone('Asia/Kolkata')!;
const NOW = Date.UTC(2022, 1, 17, 10, 0, 37) / 1000;
const utc = (text: string) => Date.parse(`${text}Z`) / 1000;

function modified(text: string, zone = UTC, from = NOW): number | undefined {
  const modifier = parseTimeModifier(text, zone);
  return modifier && applyTimeModifier(modifier, from, zone);
}

describe('zones', () => {
  it('turn times into calendar fields and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -2e9, max: 4e9 }),
        fc.constantFrom(UTC, NEW_YORK, KOLKATA, timeZone('+05:45')!),
        (epoch, zone) => {
          const back = fromLocal(toLocal(epoch, zone), zone);
          // The hour that a clock change repeats reads as its first occurrence.
          expect([epoch, epoch - 3600]).toContain(back);
        },
      ),
    );
  });

  it('carry a skipped time over the change', () => {
    const skipped = { year: 2022, month: 3, day: 13, hour: 2, minute: 30, second: 0 };
    expect(fromLocal(skipped, NEW_YORK)).toBe(utc('2022-03-13T07:30:00'));
  });

  it('refuse what is none', () => {
    expect(timeZone('Mars/Olympus')).toBeUndefined();
  });
});

describe('time modifiers', () => {
  it.each([
    ['now', '2022-02-17T10:00:37'],
    ['-7d', '2022-02-10T10:00:37'],
    ['-h', '2022-02-17T09:00:37'],
    ['@d', '2022-02-17T00:00:00'],
    ['-24h@h', '2022-02-16T10:00:00'],
    ['@w', '2022-02-13T00:00:00'],
    ['@w0', '2022-02-13T00:00:00'],
    ['@w7', '2022-02-13T00:00:00'],
    ['@w1', '2022-02-14T00:00:00'],
    ['@w5', '2022-02-11T00:00:00'],
    ['-1mon@mon', '2022-01-01T00:00:00'],
    ['@q', '2022-01-01T00:00:00'],
    ['@y', '2022-01-01T00:00:00'],
    ['-1d@d+9h', '2022-02-16T09:00:00'],
    ['+2minutes', '2022-02-17T10:02:37'],
    ['-70m@m', '2022-02-17T08:50:00'],
    ['01/31/2022:08:00:00', '2022-01-31T08:00:00'],
  ])('%s', (text, expected) => {
    expect(modified(text)).toBe(utc(expected));
  });

  it('clamp to the end of the month, or run over', () => {
    const from = utc('2022-03-31T12:00:00');
    const modifier = parseTimeModifier('-1mon', UTC)!;
    expect(applyTimeModifier(modifier, from, UTC)).toBe(utc('2022-02-28T12:00:00'));
    const told: string[] = [];
    const overflowing = {
      compat: { ...COMPAT_DEFAULTS, monthClamp: 'overflow' as const },
      rests: (flag: string) => void told.push(flag),
    };
    expect(applyTimeModifier(modifier, from, UTC, overflowing)).toBe(utc('2022-03-03T12:00:00'));
    expect(told).toEqual(['monthClamp']);
  });

  it('keep the time of day over a clock change for days, not for hours', () => {
    const from = utc('2022-03-12T17:00:00');
    expect([modified('+1d', NEW_YORK, from), modified('+24h', NEW_YORK, from)]).toEqual([
      utc('2022-03-13T16:00:00'),
      utc('2022-03-13T17:00:00'),
    ]);
  });

  it.each(['', 'x', '-', '-1', '@', '@x', '-1x', '1d2h', '@d1', '-1d @d'])('%j is none', (text) => {
    expect(parseTimeModifier(text, UTC)).toBeUndefined();
  });
});

describe('spans', () => {
  it.each([
    ['5m', '2022-02-17T10:00:00'],
    ['1h', '2022-02-17T10:00:00'],
    ['30', '2022-02-17T10:00:30'],
    ['1d', '2022-02-17T00:00:00'],
    ['1w', '2022-02-13T00:00:00'],
    ['1w@w1', '2022-02-14T00:00:00'],
    ['1mon', '2022-02-01T00:00:00'],
    ['3mon', '2022-01-01T00:00:00'],
    ['1y', '2022-01-01T00:00:00'],
  ])('%s', (text, expected) => {
    expect(floorTime(NOW, parseTimeSpan(text)!, UTC)).toBe(utc(expected));
  });

  it('start days at local midnight', () => {
    expect(floorTime(NOW, parseTimeSpan('1d')!, NEW_YORK)).toBe(utc('2022-02-17T05:00:00'));
  });

  it('cut time without gaps or overlaps', () => {
    const spans = ['1s', '7m', '1h', '1d', '3d', '1w', '1mon', '1q', '1y', '250ms'].map(
      (text) => parseTimeSpan(text)!,
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e9 }),
        fc.constantFrom(...spans),
        fc.constantFrom(UTC, NEW_YORK, KOLKATA),
        (time, span, zone) => {
          const start = floorTime(time, span, zone);
          expect(start).toBeLessThanOrEqual(time);
          expect(nextBucket(start, span, zone)).toBeGreaterThan(time);
          expect(floorTime(start, span, zone)).toBe(start);
        },
      ),
    );
  });

  it('are picked by range', () => {
    expect(automaticTimeSpan(3600, 100)).toEqual(parseTimeSpan('1m'));
    expect([
      automaticNumberSpan(0, 1000, 100),
      automaticNumberSpan(0, 5, 100),
      automaticNumberSpan(3, 3, 100),
    ]).toEqual([10, 0.1, 1]);
    expect([floorNumber(47, 10), floorNumber(-1, 10), floorNumber(0.37, 0.1)]).toEqual([40, -10, 0.3]);
  });

  it.each(['', '0m', '-1h', '1.5d', '5x'])('%j is none', (text) => {
    expect(parseTimeSpan(text)).toBeUndefined();
  });
});

describe('strftime and strptime', () => {
  const time = utc('2018-08-13T19:22:33') + 0.123456;

  it.each([
    ['%Y-%m-%dT%H:%M:%S.%3N%z', '2018-08-13T19:22:33.123+0000'],
    ['%c', 'Mon Aug 13 19:22:33 2018'],
    ['%m/%d/%y %I:%M %p', '08/13/18 07:22 PM'],
    ['%A %a %B %b %e %j %u %w %U %V %G', 'Monday Mon August Aug 13 225 1 1 32 33 2018'],
    ['%6N %9Q %Q %N %f', '123456 123456000 123 123456000 123456'],
    ['%s %% %F %T %R %D %k %l', '1534188153 % 2018-08-13 19:22:33 19:22 08/13/18 19  7'],
    ['%:z %Ez %Z', '+00:00 0 UTC'],
    ['%!', '%!'],
  ])('%s', (format, expected) => {
    expect(strftime(time, format, UTC)).toBe(expected);
  });

  it.each([...DIRECTIVE_DOCS])('$directive is documented', ({ directive, example, parsed }) => {
    expect(strftime(DIRECTIVE_EXAMPLE, directive, UTC)).toBe(example);
    expect(strptime(example, directive, UTC, NOW) !== null).toBe(parsed);
  });

  it('have no date beyond the calendar', () => {
    expect([strftime(1e15, '%Y', UTC), strftime(Number.NaN, '%Y', UTC)]).toEqual([null, null]);
  });

  it.each([
    ['2018-08-13 19:22:33', '%Y-%m-%d %H:%M:%S', '2018-08-13T19:22:33'],
    ['13/Aug/2018:19:22:33 +0200', '%d/%b/%Y:%H:%M:%S %z', '2018-08-13T17:22:33'],
    ['Aug  3, 2021', '%B %d, %Y', '2021-08-03T00:00:00'],
    ['8/3/21 1:05 pm', '%m/%d/%y %I:%M %p', '2021-08-03T13:05:00'],
    ['2021-08-03T01:02:03.5Z', '%Y-%m-%dT%H:%M:%S.%Q%Z', '2021-08-03T01:02:03.500'],
    ['2021-08-03 EST', '%Y-%m-%d %Z', '2021-08-03T05:00:00'],
    ['60 2021', '%j %Y', '2021-03-01T00:00:00'],
    ['12:30', '%H:%M', '2022-02-17T12:30:00'],
    ['2021-08-03 and more', '%Y-%m-%d', '2021-08-03T00:00:00'],
  ])('%s as %s', (text, format, expected) => {
    expect(strptime(text, format, UTC, NOW)).toBe(utc(expected));
  });

  it.each([
    ['2021-13-01', '%Y-%m-%d'],
    ['2021-02-30', '%Y-%m-%d'],
    ['x', '%Y'],
    ['25:00', '%H:%M'],
    ['2021 XYZ', '%Y %Z'],
    ['1', '%!'],
  ])('%s is not %s', (text, format) => {
    expect(strptime(text, format, UTC, NOW)).toBeNull();
  });

  it('ends on formats and texts made to be slow', () => {
    expect(strptime('1'.repeat(500), `${'%d'.repeat(60)}x`, UTC, NOW)).toBeNull();
    expect(strptime(' '.repeat(500), `${'%n %t'.repeat(60)}x`, UTC, NOW)).toBeNull();
  });

  it('may refuse trailing text', () => {
    const strict = { compat: { ...COMPAT_DEFAULTS, strptimeTrailing: 'refuse' as const }, rests: () => {} };
    expect([strptime('2021x', '%Y', UTC, NOW, strict), strptime('2021 ', '%Y', UTC, NOW, strict)]).toEqual([
      null,
      utc('2021-01-01T00:00:00'),
    ]);
  });

  it('read back what they write, in any zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e9 }),
        fc.constantFrom(UTC, NEW_YORK, KOLKATA),
        (epoch, zone) => {
          const format = '%a, %d %b %Y %I:%M:%S %p %z';
          expect(strptime(strftime(epoch, format, zone)!, format, UTC, NOW)).toBe(epoch);
        },
      ),
    );
  });
});
