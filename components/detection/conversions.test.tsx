import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ConversionCheck } from '../../lib/content/model.ts';
import { ruleConversions } from '../../lib/sigma/convert/rule-conversions.ts';
import { readSigma } from '../../lib/sigma/rule/read.ts';
import { Conversions } from './conversions.tsx';

function draw(values: string[], checks: ConversionCheck[] = [], path = 'rules/a.yml'): string {
  const list = values.map((value) => `      - '${value}'`).join('\n');
  const text = `title: A\nlogsource: {product: linux}\ndetection:\n  sel:\n    Hash:\n${list}\n  condition: sel\n`;
  const conversions = ruleConversions(readSigma(text), text);
  return renderToStaticMarkup(
    <Conversions conversions={conversions} checks={checks} source={{ path, root: 0, lines: {} }} />,
  );
}

describe('Conversions', () => {
  it('prints a query that is not too long, with the command that prints it', () => {
    const html = draw(['<a>']);
    expect(html).toContain('Hash=&quot;&lt;a&gt;&quot;');
    expect(html).toContain('npx sightline convert rules/a.yml --to splunk<');
    expect(html).toContain('npx sightline convert rules/a.yml --to grep --mode legacy<');
    expect(draw(['a'], [], "it's here.yml")).toContain(
      'convert &#x27;it&#x27;\\&#x27;&#x27;s here.yml&#x27; --to',
    );
  });

  it('prints no part of a query that is too long, says so and keeps the command', () => {
    const html = draw(Array.from({ length: 1_000 }, (_, at) => `value-number-${at}`));
    expect(html).not.toContain('value-number-0');
    expect(html).toMatch(/This query has \d\d,\d{3} characters, too many for a page/);
    expect(html).toContain('--to duckdb');
  });

  it('claims a check only where one was run, and says what was not the same', () => {
    expect(draw(['a'])).toContain('Not checked');
    const html = draw(
      ['a'],
      [
        { backend: 'splunk', events: 12, selected: 2, same: false, reason: 'it misses 1' },
        { backend: 'duckdb', events: 12, selected: 2, reason: 'DuckDB is not installed' },
      ],
    );
    expect(html).toContain('<span class="fail">Splunk ✗ </span><span class="unknown">SQL not run </span>');
    expect(html).toContain('Splunk differs: it misses 1.');
    expect(html).toContain('SQL was not run: DuckDB is not installed.');
    expect(html).not.toContain('class="pass"');
  });

  it('has the pipelines of the content in a part of their own, and names the filters that are joined', () => {
    const text = 'title: A\nlogsource: {product: linux}\ndetection:\n  sel: {Image: a}\n  condition: sel\n';
    const pipeline = {
      name: 'ours',
      title: 'Our names',
      unmapped: 'keep',
      backends: ['splunk', 'kql'],
      parts: [{ when: { product: 'linux' }, fields: { Image: 'exe' } }],
    } as const;
    const conversions = ruleConversions(readSigma(text), text, { pipelines: [pipeline] });
    const html = renderToStaticMarkup(
      <Conversions
        conversions={conversions}
        filters={['No admins']}
        checks={[]}
        source={{ path: 'a.yml', root: 0, lines: {} }}
      />,
    );
    expect(html).toContain('With the field names of Our names: 2 of 2 can express it');
    expect(html).toContain('exe=&quot;a&quot;');
    expect(html).toContain('npx sightline convert a.yml --to kql --pipeline ours');
    expect(html).toContain('Joined with the filter “No admins”');
  });

  it('says of made events that they are no recorded ones', () => {
    const html = draw(['a'], [{ backend: 'splunk', events: 12, selected: 3, same: true, made: true }]);
    expect(html).toContain('on 12 events made from the rule, of which the rule matches 3.');
    expect(html).toContain('No recorded events of this rule are at hand.');
    expect(draw(['a'], [{ backend: 'splunk', events: 12, selected: 3, same: true }])).not.toContain('made');
  });

  it('is not drawn for a detection without conversions', () => {
    const source = { path: 'a.yml', root: 0, lines: {} };
    expect(renderToStaticMarkup(<Conversions conversions={[]} checks={[]} source={source} />)).toBe('');
  });
});
