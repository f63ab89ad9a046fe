/**
 * Risk of a detection in one form: entities that collect a score, and threat objects that go with it.
 *
 * Generation 1 wrote one score, one message and a list of observables with roles; generation 2 wrote `rba`;
 * generation 3 writes a finding, intermediate findings and threat objects. The reading of observables is the one that
 * Splunk's own tool used when it migrated its content (contentctl 4.4, `detection_abstract.risk`), first match wins.
 */
import type { Risk, RiskEntity, SeverityLevel, ThreatObject } from '../model.ts';
import type { Fields } from './fields.ts';

const userTypes = new Set(['user', 'username', 'user name', 'email address']);
const systemTypes = new Set(['device', 'endpoint', 'hostname', 'ip address']);

/** Type of an observable in the attacker's role → type of threat object; any other type stays as it is. */
const threatTypes: Record<string, string> = {
  'process name': 'process',
  process: 'process',
  'file name': 'file_name',
  file: 'file_name',
  'file hash': 'file_name',
  'ip address': 'ip_address',
  'url string': 'url',
  url: 'url',
};

/** `tags.observable`, `message`, `risk_score`, `confidence`, `impact`: generation 1 and both of Behavioral Analytics. */
export function riskOfObservables(fields: Fields): Risk | undefined {
  const message = fields.text('message');
  const score = fields.number('risk_score');
  const impact = fields.number('impact');
  const confidence = fields.number('confidence');
  const observables = fields.maps('observable');
  if (score === undefined && !message && observables.length === 0) return undefined;

  const entities: RiskEntity[] = [];
  const threatObjects: ThreatObject[] = [];
  for (const observable of observables) {
    const field = observable.text('name');
    if (!field) continue;
    const type = (observable.text('type') ?? 'other').toLowerCase();
    const roles = observable.texts('role').map((role) => role.toLowerCase());
    // Behavioral Analytics 2 wrote no roles: there the type alone tells who is at risk.
    const victim = roles.length === 0 || roles.includes('victim');
    const attacker = roles.includes('attacker') || roles.length === 0;
    const entity = (of: string): RiskEntity => ({ field, type: of, score: score ?? 0, primary: false });
    if (victim && userTypes.has(type)) entities.push(entity('user'));
    else if (victim && systemTypes.has(type)) entities.push(entity('system'));
    else if (attacker) threatObjects.push({ field, type: threatTypes[type] ?? type });
    else entities.push(entity('other'));
  }
  return {
    ...(message ? { message } : {}),
    entities,
    threatObjects,
    ...(score === undefined
      ? {}
      : {
          formula: {
            score,
            ...(impact === undefined ? {} : { impact }),
            ...(confidence === undefined ? {} : { confidence }),
          },
        }),
  };
}

/** `rba` of generation 2. */
export function riskOfRba(fields: Fields): Risk | undefined {
  const rba = fields.map('rba');
  if (!rba) return undefined;
  const message = rba.text('message');
  return {
    ...(message ? { message } : {}),
    entities: rba.maps('risk_objects').map((object) => entityOf(object, false)),
    threatObjects: threatObjectsOf(rba),
  };
}

/** `finding`, `intermediate_findings` and `threat_objects` of generation 3; a removed file keeps its older `rba`. */
export function riskOfFindings(fields: Fields): Risk | undefined {
  const finding = fields.map('finding');
  const intermediate = fields.map('intermediate_findings');
  if (!finding && !intermediate) return riskOfRba(fields);
  const title = finding?.text('title');
  const main = finding?.map('entity');
  return {
    ...(title ? { findingTitle: title } : {}),
    entities: [
      ...(main ? [entityOf(main, true)] : []),
      ...(intermediate?.maps('entities') ?? []).map((entity) => entityOf(entity, false)),
    ],
    threatObjects: threatObjectsOf(fields),
  };
}

/** The highest score of an entity, or the one of generation 1; a correlation's 0 means that it has none. */
export function scoreOf(risk: Risk | undefined): number | undefined {
  if (!risk) return undefined;
  const highest = Math.max(risk.formula?.score ?? 0, ...risk.entities.map((entity) => entity.score));
  return highest > 0 ? highest : undefined;
}

/** Bands of Enterprise Security, upper ends included. */
export function severityOf(score: number): SeverityLevel {
  if (score <= 20) return 'informational';
  if (score <= 40) return 'low';
  if (score <= 60) return 'medium';
  return score <= 80 ? 'high' : 'critical';
}

function entityOf(fields: Fields, primary: boolean): RiskEntity {
  const message = fields.text('message');
  return {
    field: fields.text('field') ?? '',
    type: fields.text('type') ?? 'other',
    score: fields.number('score') ?? 0,
    ...(message ? { message } : {}),
    primary,
  };
}

function threatObjectsOf(fields: Fields): ThreatObject[] {
  return fields.maps('threat_objects').map((object) => ({
    field: object.text('field') ?? '',
    type: object.text('type') ?? '',
  }));
}
