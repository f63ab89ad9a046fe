/**
 * Other site generators over the same content: one page per detection, with the same facts, prepared before the clock
 * starts. Their templates are plainer than ours (no related detections, no second form of the search), which is in
 * their favour.
 */
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { readArtifact } from '../lib/content/artifact.ts';
import type { Detection } from '../lib/content/model.ts';

export interface Comparator {
  name: string;
  installed: boolean;
  prepare: () => void;
  command: string[];
  cwd: string;
  env: Record<string, string>;
  output: string;
  pagesIn: string;
}

/** Folder where `npm install` put the packages that are compared with; see bench/README.md. */
const PEERS = resolve(process.env.BENCH_PEERS ?? '.sightline/bench-peers');

export function comparators(_corpus: string, scratch: string): Comparator[] {
  const peers = createRequire(join(PEERS, 'package.json'));
  const has = (name: string) => existsSync(join(PEERS, 'node_modules', name));
  const folder = (name: string) => join(scratch, name);
  return [
    {
      name: 'Hugo',
      installed: existsSync('/usr/bin/hugo'),
      prepare: () => prepareHugo(folder('hugo')),
      command: ['/usr/bin/hugo', '--quiet'],
      cwd: folder('hugo'),
      env: {},
      output: join(folder('hugo'), 'public'),
      pagesIn: 'd/',
    },
    {
      name: 'Eleventy',
      installed: has('@11ty/eleventy'),
      prepare: () => prepareEleventy(folder('eleventy')),
      command: [
        process.execPath,
        has('@11ty/eleventy') ? join(PEERS, 'node_modules/@11ty/eleventy/cmd.cjs') : '',
        '--quiet',
      ],
      cwd: folder('eleventy'),
      env: {},
      output: join(folder('eleventy'), '_site'),
      pagesIn: 'd/',
    },
    {
      name: 'Astro',
      installed: has('astro'),
      prepare: () => prepareAstro(folder('astro')),
      command: [
        process.execPath,
        has('astro') ? join(peers.resolve('astro/package.json'), '../astro.js') : '',
        'build',
        '--silent',
      ],
      cwd: folder('astro'),
      env: { ASTRO_TELEMETRY_DISABLED: '1' },
      output: join(folder('astro'), 'dist'),
      pagesIn: 'd/',
    },
  ];
}

function detections(): Detection[] {
  const read = readArtifact(resolve('.sightline'));
  if ('problem' in read)
    throw new Error(`The compiled catalog is ${read.problem}; the build before this must have failed.`);
  // The last build also held Sigma rules; only the repository's own detections are compared.
  return read.catalog.detections.filter((detection) => detection.shape !== 'sigma');
}

function fresh(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

function put(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Text fields of a page in the order of ours. */
function facts(detection: Detection) {
  const {
    name,
    description,
    falsePositives,
    implementation,
    search,
    techniques,
    stories,
    macros,
    requiredFields,
    references,
    drilldowns,
    tests,
    risk,
  } = detection;
  return {
    name,
    description,
    falsePositives,
    implementation,
    search: detection.forms.formatted ?? search,
    techniques: techniques.map((use) => [use.id, use.name ?? '', use.tactics.join(', ')]),
    stories: stories.map((story) => story.name),
    macros: macros.map((macro) => [macro.name, macro.definition ?? '']),
    fields: requiredFields,
    references,
    drilldowns: drilldowns.map((drilldown) => [drilldown.name, drilldown.search]),
    tests: tests.flatMap((test) => test.data.map((data) => [test.name, data.data, data.sourcetype ?? ''])),
    risk: risk?.entities.map((entity) => [entity.field, entity.type, entity.score]) ?? [],
  };
}

function prepareHugo(folder: string): void {
  fresh(folder);
  const rows = (name: string, columns: number) =>
    `<h2>${name}</h2><table>{{ range .Params.${name} }}<tr>${Array.from({ length: columns }, (_, index) => `<td>{{ index . ${index} }}</td>`).join('')}</tr>{{ end }}</table>`;
  const list = (name: string) =>
    `<h2>${name}</h2><ul>{{ range .Params.${name} }}<li>{{ . }}</li>{{ end }}</ul>`;
  put(folder, {
    'config.toml':
      'baseURL = "https://example.com/"\ntitle = "Peer"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n',
    'layouts/_default/single.html': `<!doctype html><html lang="en"><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1><p>{{ .Params.description }}</p><h2>False positives</h2><p>{{ .Params.falsePositives }}</p>{{ highlight .Params.search "sql" "" }}${rows('techniques', 3)}${list('stories')}${rows('macros', 2)}${list('fields')}<p>{{ .Params.implementation }}</p>${rows('risk', 3)}${rows('drilldowns', 2)}${rows('tests', 3)}${list('references')}</body></html>`,
    'layouts/_default/list.html':
      '<!doctype html><html><body>{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</body></html>',
  });
  for (const detection of detections())
    put(folder, {
      [`content/d/${detection.slug}.md`]: `${JSON.stringify({ title: detection.name, ...facts(detection) })}\n`,
    });
}

const TEMPLATE_BODY = (tag: (expression: string) => string) =>
  `return \`<!doctype html><html lang="en"><head><title>\${${tag('d.name')}}</title></head><body><h1>\${${tag('d.name')}}</h1><p>\${${tag('d.description')}}</p><h2>False positives</h2><p>\${${tag('d.falsePositives')}}</p>\${highlight(d.search)}<p>\${${tag('d.implementation')}}</p>\${[d.techniques, d.macros, d.risk, d.drilldowns, d.tests].map((rows) => '<table>' + rows.map((row) => '<tr>' + row.map((cell) => '<td>' + ${tag('cell')} + '</td>').join('') + '</tr>').join('') + '</table>').join('')}\${[d.stories, d.fields, d.references].map((list) => '<ul>' + list.map((item) => '<li>' + ${tag('item')} + '</li>').join('') + '</ul>').join('')}</body></html>\`;`;

const SHARED = `
import { createHighlighterCoreSync } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import splunk from 'shiki/langs/splunk.mjs';
import light from 'shiki/themes/github-light.mjs';
const highlighter = createHighlighterCoreSync({ themes: [light], langs: [splunk], engine: createJavaScriptRegexEngine({ forgiving: true }) });
const highlight = (code) => highlighter.codeToHtml(code, { lang: 'splunk', theme: 'github-light' });
const escape = (text) => String(text).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
`;

function withData(folder: string): void {
  fresh(folder);
  writeFileSync(
    join(folder, 'detections.json'),
    JSON.stringify(detections().map((detection) => ({ slug: detection.slug, ...facts(detection) }))),
  );
}

function prepareEleventy(folder: string): void {
  withData(folder);
  // The project's own packages supply shiki; the peers' folder supplies the generator.
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  put(folder, {
    'package.json': '{"type":"module"}',
    'page.11ty.js': `${SHARED}
import { readFileSync } from 'node:fs';
const all = JSON.parse(readFileSync('detections.json', 'utf8'));
export default class {
  data() { return { all, pagination: { data: 'all', size: 1, alias: 'd' }, permalink: (data) => 'd/' + data.d.slug + '/index.html' }; }
  render({ d }) { ${TEMPLATE_BODY((expression) => `escape(${expression})`)} }
}
`,
  });
}

function prepareAstro(folder: string): void {
  withData(folder);
  symlinkSync(join(PEERS, 'node_modules'), join(folder, 'node_modules'));
  put(folder, {
    'package.json': '{"type":"module"}',
    'astro.config.mjs': "export default { output: 'static' };\n",
    'src/pages/d/[slug].astro': `---
${SHARED}
import all from '../../../detections.json';
export function getStaticPaths() { return all.map((d) => ({ params: { slug: d.slug }, props: { d } })); }
const { d } = Astro.props;
const draw = () => { ${TEMPLATE_BODY((expression) => `escape(${expression})`)} };
---
<Fragment set:html={draw()} />
`,
  });
}
