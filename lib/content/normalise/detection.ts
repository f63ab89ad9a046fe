/**
 * A detection of any shape → the internal model, not yet linked: references hold names only, and what follows from the
 * whole catalog (slug, configuration, forms, related detections) is empty.
 */
import { cisControls, killChainPhases, nistCategories } from '../../attack/annotations.ts';
import { writtenText } from '../../text/yaml-node.ts';
import type { Detection, Risk, Shape } from '../model.ts';
import { atomicUse } from './atomic-use.ts';
import { readBase } from './base.ts';
import { readConfiguration } from './configuration.ts';
import { isUndocumented } from './false-positives.ts';
import type { Fields } from './fields.ts';
import { riskOfFindings, riskOfObservables, riskOfRba, scoreOf, severityOf } from './risk.ts';
import { readSigma } from './sigma.ts';
import { tacticsOf, techniqueUses } from './techniques.ts';
import { readTests } from './tests.ts';
import { dataSources, optional, references } from './values.ts';

/** What differs between the shapes, once hoisting has made their keys the same. */
interface Reader {
  risk: (fields: Fields) => Risk | undefined;
  /** Where `tests` are. */
  tests: (fields: Fields) => [Fields, string];
  language: (fields: Fields) => Detection['language'];
}

const testsHere = (fields: Fields): [Fields, string] => [fields, 'tests'];

const readers: Record<Exclude<Shape, 'sigma'>, Reader> = {
  g1: { risk: riskOfObservables, tests: testsHere, language: () => 'spl' },
  g2: { risk: riskOfRba, tests: testsHere, language: () => 'spl' },
  g3: { risk: riskOfFindings, tests: testsHere, language: () => 'spl' },
  ssa1: { risk: riskOfObservables, tests: testsHere, language: () => 'spl2' },
  ssa2: {
    risk: riskOfObservables,
    // The compiled files keep theirs one level down, in `test`.
    tests: (fields) => {
      const inner = fields.map('test');
      return inner ? [inner, 'tests'] : [fields, 'tests'];
    },
    // Its sources are Sigma-like selections, from which the SPL2 is generated.
    language: (fields) => (fields.find('search')?.kind === 'mapping' ? 'sigma' : 'spl2'),
  },
};

export function readDetection(shape: Shape, file: Fields): Detection {
  if (shape === 'sigma') return readSigma(file);
  const reader = readers[shape];
  const fields = file.falling(file.map('tags')?.hoisting('annotations'));

  const type = fields.text('type');
  const securityDomain = fields.text('security_domain');
  const techniques = techniqueUses(fields.texts('mitre_attack_id'));
  const tactics = tacticsOf(techniques);
  const falsePositives = fields.text('known_false_positives') ?? '';
  const search = fields.find('search');
  const risk = reader.risk(fields);
  const score = scoreOf(risk);
  const manualTest = fields.text('manual_test');
  const declared = fields.texts('required_fields');
  const throttling = fields.map('throttling');
  const [testFields, testKey] = reader.tests(fields);
  const category = categoryOf(fields);
  const nist = fields.texts('nist');
  const cis = fields.texts('cis20');
  const phases = fields.texts('kill_chain_phases');
  const base = readBase('detection', file);
  const ownSchedule = file.map('deployment', 'custom_schedule');
  const schedule = file.text('schedule');

  return {
    ...base,
    ...stateOfFolder(base.status, file.file.path),
    shape,
    language: reader.language(fields),
    ...optional({
      type,
      category,
      explanation: fields.text('explanation'),
      assetType: fields.text('asset_type'),
      securityDomain,
      manualTest,
    }),
    search: search ? writtenText(search, file.file.text) : '',
    ...severity(score, type),
    falsePositives,
    falsePositivesUndocumented: isUndocumented(falsePositives),
    implementation: fields.text('how_to_implement') ?? '',
    techniques,
    tactics,
    threatGroups: fields.texts('threat_group', 'group'),
    stories: references(fields.texts('analytic_story')),
    dataSources: dataSources(fields.texts('data_source', 'data_sources')),
    cves: cves(fields),
    products: fields.texts('product'),
    killChainPhases: phases.length > 0 ? phases : killChainPhases(tactics),
    nist: nist.length > 0 ? nist : nistCategories(type),
    cis: cis.length > 0 ? cis : cisControls(securityDomain),
    atomics: fields.texts('atomic_guid').map(atomicUse),
    dataModels: [],
    requiredFields: [],
    ...(declared.length > 0 ? { declaredFields: declared } : {}),
    macros: [],
    lookups: [],
    baselines: references(fields.texts('baselines')),
    playbooks: [],
    triggers: [],
    enrichments: [],
    mitigations: [],
    useCases: [],
    ...(schedule ? { deployment: { name: schedule } } : {}),
    ...(ownSchedule ? { configuration: readConfiguration(ownSchedule) } : {}),
    ...(fields.flag('enabled_by_default') ? { enabledByDefault: true } : {}),
    ...(risk ? { risk } : {}),
    drilldowns: fields.maps('drilldown_searches').map((drilldown) => ({
      name: drilldown.text('name') ?? '',
      search: drilldown.text('search') ?? '',
      ...optional({ earliest: drilldown.text('earliest_offset'), latest: drilldown.text('latest_offset') }),
    })),
    ...(throttling
      ? { throttling: { fields: throttling.texts('fields'), period: throttling.text('period') ?? '' } }
      : {}),
    tests: readTests(testFields, testKey, manualTest),
    fieldMappings: fields
      .maps('mappings')
      .map((mapping) => ({ ocsf: mapping.text('ocsf') ?? '', cim: mapping.text('cim') ?? '' })),
    forms: {},
    replaces: [],
    related: { byTechnique: [], byStory: [], byDataSource: [] },
    diagnostics: [],
  };
}

/** The folder that names a domain; `deprecated` and `experimental` are states, so the folder around them counts. */
function categoryOf(fields: Fields): string | undefined {
  const written = fields.text('category');
  if (written) return written;
  const folders = fields.file.path.split('/').slice(0, -1);
  const at = folders.findIndex((folder) => /detections$|^dev_ssa$/.test(folder));
  const inside = at < 0 ? [] : folders.slice(at + 1);
  const domain = inside.find((folder) => !['deprecated', 'experimental', 'removed'].includes(folder));
  // A deprecated detection lost its folder; its security domain is the nearest thing to it.
  return domain ?? fields.text('security_domain');
}

/** Old files say `deprecated` and `experimental` by their folder alone. */
function stateOfFolder(status: string | undefined, path: string): { status?: string } {
  if (status) return {};
  const state = path
    .split('/')
    .slice(0, -1)
    .find((folder) => ['deprecated', 'experimental', 'removed'].includes(folder));
  return state ? { status: state } : {};
}

/**
 * With a score, by its band. Without one, Enterprise Security raises what creates a finding as `high`; a hunting search
 * creates nothing, so it has no severity.
 */
function severity(score: number | undefined, type: string | undefined): Partial<Detection> {
  if (score !== undefined) return { riskScore: score, severity: severityOf(score) };
  return type === 'TTP' || type === 'Correlation' ? { severity: 'high' } : {};
}

function cves(fields: Fields): string[] {
  return [...new Set(fields.texts('cve', 'CVE').map((id) => id.toUpperCase()))];
}
