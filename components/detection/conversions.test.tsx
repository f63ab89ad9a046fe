import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { main as convert } from '../../lib/cli/commands/convert.ts';
import { findPipelines } from '../../lib/cli/sigma/pipelines.ts';
import { called } from '../../lib/cli/test-io.ts';
import type { ConversionCheck, Source } from '../../lib/content/model.ts';
import { ruleConversions } from '../../lib/sigma/convert/rule-conversions.ts';
import type { FilterRule } from '../../lib/sigma/rule/model.ts';
import { readSigma } from '../../lib/sigma/rule/read.ts';
import { site } from '../document/site.ts';
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
    expect(html).toContain('npx sightline convert rules/a.yml --to splunk --pipeline none<');
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
        filters={[{ title: 'No admins', source: { path: "admins' own.yml", root: 0, lines: {} } }]}
        checks={[]}
        source={{ path: 'a.yml', root: 0, lines: {} }}
      />,
    );
    expect(html).toContain('With the field names of Our names: 2 of 2 can express it');
    expect(html).toContain('exe=&quot;a&quot;');
    expect(html).toContain(
      'npx sightline convert a.yml --to kql --pipeline ours --filter &#x27;admins&#x27;\\&#x27;&#x27; own.yml&#x27;<',
    );
    expect(html).toContain('Joined with the filter “No admins”');
  });

  it('names commands that print what is shown, filters and pipelines of the content included', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'conversions-'));
    const file = (name: string, text: string): Source => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
      return { path: name, root: 0, lines: {} };
    };
    const filterOf = (name: string) =>
      `title: ${name}\nlogsource: {category: process_creation}\nfilter: {rules: any, s: {User: ${name}}, condition: not s}\n`;
    const ruleOf = (title: string) =>
      `title: ${title}\nid: 11111111-1111-1111-1111-11111111111${title.length}\nlogsource: {product: windows, category: process_creation}\ndetection:\n  s: {Image|endswith: '\\${title}.exe', CommandLine|contains: -x}\n  condition: s\n`;
    const text = `${ruleOf('a')}---\n${ruleOf('bc')}---\n${filterOf('own')}`;
    const source = file('rules/it is a.yml', text);
    const others = ['first', 'second'].map((name) => ({
      title: name,
      text: `${filterOf(name)}---\n${ruleOf('other')}`,
      source: file(`filters/${name}.yml`, `${filterOf(name)}---\n${ruleOf('other')}`),
    }));
    file('pipelines/ours.yml', 'name: ours\nbackends: [splunk]\nparts:\n- fields: {Image: exe}\n');
    const { pipelines } = findPipelines([folder]);
    const given = others.flatMap((one) =>
      readSigma(one.text).documents.filter(({ kind }) => kind === 'filter'),
    ) as FilterRule[];
    const conversions = ruleConversions(readSigma(text), text, { pipelines, filters: given });
    const before = site.contentPaths;
    site.contentPaths = [folder];
    const html = renderToStaticMarkup(
      <Conversions
        conversions={conversions}
        filters={[{ title: 'own', source }, ...others]}
        checks={[]}
        source={source}
      />,
    );
    site.contentPaths = before;
    const plain = (escaped: string) =>
      escaped
        .replace(/&#x27;/g, "'")
        .replace(/&quot;/g, '"')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&');
    const shown = [...html.matchAll(/<code>(npx [^<]*)<\/code><\/figcaption><pre[^>]*>([^<]*)<\/pre>/g)];
    expect(shown).toHaveLength(conversions.filter(({ output }) => output !== undefined).length);
    expect(shown.length).toBeGreaterThan(20);
    for (const [, command, output] of shown) {
      const words = plain(command!).match(/'[^']*'|\S+/g)!;
      const [, , , ...args] = words.map((word) => word.replace(/^'(.*)'$/, '$1'));
      const { out, err } = await called(convert, ...args);
      expect([plain(command!), err, out]).toEqual([plain(command!), '', `${plain(output!)}\n`]);
    }
    const splunk = plain(shown[0]![2]!);
    for (const name of ['own', 'first', 'second']) expect(splunk.split(`User="${name}"`)).toHaveLength(3);
    rmSync(folder, { recursive: true });
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
