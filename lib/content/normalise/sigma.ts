/** A Sigma rule as a listed detection. Its own reader, in the Sigma engine, understands what it detects. */
import { killChainPhases } from '../../attack/annotations.ts';
import { inKillChainOrder, tactic } from '../../attack/techniques.ts';
import { dataNeededNames } from '../../sigma/data-needed/atomic-threat-coverage.ts';
import { type RuleScope, ruleScopes } from '../../sigma/data-needed/scope.ts';
import { fieldsRead } from '../../sigma/rule/fields.ts';
import { readSigma as readRule } from '../../sigma/rule/read.ts';
import { parseYaml } from '../../text/yaml.ts';
import type { AtomicUse, DeclaredTest, Detection, SeverityLevel, SigmaFacts } from '../model.ts';
import { atomicUse } from './atomic-use.ts';
import { readBase } from './base.ts';
import { isUndocumented } from './false-positives.ts';
import type { Fields } from './fields.ts';
import { tacticsOf, techniqueUses } from './techniques.ts';
import { readTests } from './tests.ts';
import { optional, references } from './values.ts';

const levels = new Set<string>(['informational', 'low', 'medium', 'high', 'critical']);

/** Groups of rules in the folder layout of the Sigma repository; the folder inside them is the domain. */
const ruleFolder = /^(rules($|-)|deprecated$|unsupported$|sigma$|detections$)/;

export function readSigma(fields: Fields): Detection {
  const tags = fields.texts('tags').map((tag) => tag.toLowerCase());
  const techniques = techniqueUses(matches(tags, /^attack\.(t\d{4}(?:\.\d{3})?)$/));
  const tagged = matches(tags, /^attack\.([a-z][a-z_-]+)$/).filter((name) => tactic(name));
  const tactics = inKillChainOrder([
    ...tagged.map((name) => tactic(name)!.shortName),
    ...tacticsOf(techniques).filter(() => tagged.length === 0),
  ]);
  const level = fields.text('level')?.toLowerCase();
  const falsePositives = fields.texts('falsepositives');
  const written = falsePositives.length > 1 ? falsePositives.map((text) => `- ${text}`) : falsePositives;
  const category = categoryOf(fields.file.path) ?? fields.map('logsource')?.text('product');
  const base = readBase('detection', fields);
  const scopes = scopesOf(fields);
  // Sigma's `date` is the day of writing, where Splunk's is that of the last change.
  const created = fields.date('date');
  return {
    ...base,
    ...(created ? { created } : {}),
    shape: 'sigma',
    language: 'sigma',
    ...(category ? { category } : {}),
    search: fields.file.text.trim(),
    ...(level && levels.has(level) ? { severity: level as SeverityLevel } : {}),
    falsePositives: written.join('\n'),
    falsePositivesUndocumented: falsePositives.every(isUndocumented),
    implementation: '',
    techniques,
    tactics,
    threatGroups: [],
    stories: [],
    dataSources: [],
    cves: matches(tags, /^cve\.(\d{4}[.-]\d+)$/).map((id) => `CVE-${id.replace('.', '-')}`),
    products: [],
    killChainPhases: killChainPhases(tactics),
    nist: [],
    cis: [],
    atomics: simulations(fields),
    dataModels: [],
    requiredFields: fieldsRead(readRule(fields.file.text).documents),
    macros: [],
    lookups: [],
    baselines: [],
    playbooks: [],
    triggers: [],
    enrichments: references(fields.texts('enrichment')),
    mitigations: [],
    useCases: [],
    drilldowns: [],
    tests: [...readTests(fields, 'sightline_tests'), ...regressionTests(fields)],
    fieldMappings: [],
    sigma: facts(fields, scopes, tags, level, falsePositives),
    forms: {},
    replaces: [],
    related: { byTechnique: [], byStory: [], byDataSource: [] },
    diagnostics: [],
  };
}

/** Tests that the rule says it fires on; `type` is written in several ways. */
function simulations(fields: Fields): AtomicUse[] {
  return fields
    .maps('simulation')
    .filter((simulation) => /^atomic[ -]red[ -]team$/i.test(simulation.text('type') ?? ''))
    .flatMap((simulation) => {
      const guid = simulation.text('atomic_guid');
      return guid ? [atomicUse(guid)] : [];
    });
}

/** SigmaHQ keeps a log for the rule, called by its ID, beside the description that the rule points to. */
function regressionTests(fields: Fields): DeclaredTest[] {
  const path = fields.text('regression_tests_path');
  const id = fields.text('id');
  if (!path || !id) return [];
  const data = `${path.slice(0, path.lastIndexOf('/') + 1)}${id.toLowerCase()}.evtx`;
  return [{ name: 'Regression data', kind: 'unit', data: [{ data }] }];
}

function facts(
  fields: Fields,
  scopes: RuleScope[],
  tags: string[],
  level: string | undefined,
  falsePositives: string[],
): SigmaFacts {
  const logsource = fields.map('logsource');
  return {
    ...optional({ level, licence: fields.text('license') }),
    logsource: optional({
      category: logsource?.text('category'),
      product: logsource?.text('product'),
      service: logsource?.text('service'),
      definition: logsource?.text('definition'),
    }),
    fields: fields.texts('fields'),
    tags,
    related: fields
      .maps('related')
      .map((related) => ({ id: related.text('id') ?? '', type: related.text('type') ?? '' })),
    falsePositives,
    scopes,
    dataNeeded: dataNeededNames(scopes, fields.texts('enrichment')),
  };
}

/** Of one document as it was read; a file with several is read again, which few are. */
function scopesOf({ node, file }: Fields): RuleScope[] {
  return ruleScopes(/^---\s/m.test(file.text) ? parseYaml(file).documents : [node]);
}

function categoryOf(path: string): string | undefined {
  return path
    .split('/')
    .slice(0, -1)
    .find((folder) => !ruleFolder.test(folder) && !/^\d{4}$/.test(folder));
}

function matches(texts: string[], pattern: RegExp): string[] {
  return texts.flatMap((text) => pattern.exec(text)?.[1] ?? []);
}
