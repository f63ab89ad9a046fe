import { describe, expect, it } from 'vitest';
import type { TestEvidence } from '../../content/model.ts';
import type { Report } from './report.ts';
import { REPORTS } from './reports.ts';

const tests: TestEvidence[] = [
  {
    name: 'True "positive" <1> & more',
    status: 'failing',
    code: 'no-results',
    reason: 'No result:\n100% of a, b\u0000\ud800 — <none>',
    expected: 1,
    results: 0,
    datasets: [],
    messages: [],
    milliseconds: 12,
  },
  { name: 'Look-alike', status: 'passing', results: 0, datasets: [], messages: ['a <b>'], milliseconds: 1.5 },
  {
    name: 'Model',
    status: 'impossible',
    code: 'model-missing',
    reason: 'no model',
    datasets: [],
    messages: [],
  },
  {
    name: 'Elsewhere',
    status: 'untested',
    code: 'not-fetched',
    reason: 'at a URL',
    datasets: [],
    messages: [],
  },
];
const report: Report = {
  engine: '1.0.0+abc',
  summary: { passing: 0, failing: 1, error: 0, impossible: 0, untested: 0, declared: 0 },
  detections: [
    {
      detection: { name: 'Odd, name: 100%', slug: 'odd', id: '00000000-0000-4000-8000-000000000001' },
      path: 'content/detections/a,b:c.yml',
      line: 7,
      evidence: { slug: 'odd', status: 'failing', reason: 'No result', code: 'no-results', tests },
    },
  ],
};

function print(format: string): string {
  return REPORTS[format]!(report);
}

/** Tags that match, attributes in quotes, no bare `&` or `<`, only characters that XML 1.0 has. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '')
    .replace(
      /<(\/?)([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>/g,
      (_, close: string, name: string, _attributes, single: string) => {
        if (close !== '') return open.pop() === name ? '' : '<';
        if (single === '') open.push(name);
        return '';
      },
    );
  const entities = xml.replace(/&(?:amp|lt|gt|quot|#\d+);/g, '');
  return (
    open.length === 0 &&
    !/[<>]/.test(rest) &&
    !entities.includes('&') &&
    /^[\t\n\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u.test(xml)
  );
}

describe('reports', () => {
  it('JUnit is well-formed XML with counts, failures and skips', () => {
    const xml = print('junit');
    expect(isWellFormed(xml)).toBe(true);
    expect(xml).toContain(
      '<testsuites name="sightline" tests="4" failures="1" errors="0" skipped="2" time="0.014">',
    );
    expect(xml).toContain(
      '<failure type="no-results" message="No result:&#10;100% of a, b\ufffd\ufffd — &lt;none&gt;"/>',
    );
    expect(xml).toContain(
      'name="True &quot;positive&quot; &lt;1&gt; &amp; more" file="content/detections/a,b:c.yml" line="7" time="0.012"',
    );
    expect(xml).toContain('<skipped message="impossible: no model"/>');
    expect(xml).toContain('<system-out>a &lt;b&gt;</system-out>');
    expect(isWellFormed('<a><b></a>')).toBe(false);
    expect(isWellFormed('<a>&</a>')).toBe(false);
  });

  it('GitHub annotations escape what would end a property or the command', () => {
    const lines = print('github').trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(
      '::error file=content/detections/a%2Cb%3Ac.yml,line=7,title=Odd%2C name%3A 100%25%3A True "positive" <1> & more::No result:%0A100%25 of a, b\u0000\ud800 — <none>',
    );
    expect(lines[1]).toMatch(/^::warning .*::no model$/);
    expect(lines[2]).toBe('::notice title=Detection tests::1 failing');
  });

  it('JSON has a steady shape', () => {
    const json = JSON.parse(print('json')) as Record<string, unknown> & {
      detections: Record<string, unknown>[];
    };
    expect(Object.keys(json)).toEqual(['engine', 'summary', 'tests', 'detections']);
    expect(json.tests).toEqual({
      passing: 1,
      failing: 1,
      error: 0,
      impossible: 1,
      untested: 1,
      declared: 0,
    });
    expect(Object.keys(json.detections[0]!)).toEqual([
      'name',
      'id',
      'path',
      'line',
      'slug',
      'status',
      'reason',
      'code',
      'tests',
    ]);
    expect(json.detections[0]!.tests).toHaveLength(4);
  });

  it('text has a line for each measured test and counts the rest', () => {
    const text = print('text');
    expect(text).toContain('✗ Odd, name: 100% › True "positive" <1> & more: No result');
    expect(text).toContain('✓ Odd, name: 100% › Look-alike (0 results)');
    expect(text).toContain('– Odd, name: 100% › Model: no model');
    expect(text).toContain('1 × untested: at a URL');
    expect(text).toMatch(/1 detection: 1 failing \(engine 1\.0\.0\+abc\)\n$/);
  });
});
