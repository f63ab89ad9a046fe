/** Lucene queries wrapped as Elastic Security rules and Kibana saved searches, one JSON object per line for import. */

import { tactic, technique } from '../../attack/techniques.ts';
import { ownEntry } from '../../collections.ts';
import type { SigmaRule } from '../rule/model.ts';

const RISK: Readonly<Record<string, number>> = {
  informational: 1,
  low: 21,
  medium: 47,
  high: 73,
  critical: 99,
};
const INDICES = [
  'apm-*-transaction*',
  'auditbeat-*',
  'endgame-*',
  'filebeat-*',
  'logs-*',
  'packetbeat-*',
  'traces-apm*',
  'winlogbeat-*',
  '-*elastic-cloud-logs-*',
];

/** Techniques under each tactic of the rule's tags, as Elastic Security lists them. */
function threatOf(rule: SigmaRule): object[] {
  const tags = rule.tags.map((tag) => tag.toLowerCase().replaceAll('_', '-'));
  const techniques = tags.flatMap(
    (tag) => technique(/^attack\.(t\d{4}(?:\.\d{3})?)$/.exec(tag)?.[1]?.toUpperCase() ?? '') ?? [],
  );
  return tags.flatMap((tag) => {
    const found = tactic(/^attack\.([a-z-]+)$/.exec(tag)?.[1] ?? '');
    if (found === undefined) return [];
    const own = techniques.filter(({ tactics }) => tactics.includes(found.shortName));
    return [
      {
        framework: 'MITRE ATT&CK',
        tactic: { id: found.id, name: found.name, reference: `https://attack.mitre.org/tactics/${found.id}` },
        technique: own.map(({ id, name }) => ({
          id,
          name,
          reference: `https://attack.mitre.org/techniques/${id.replace('.', '/')}`,
          subtechnique: [],
        })),
      },
    ];
  });
}

/** A rule for the detection engine's import (`.ndjson`). */
export function elasticRule(rule: SigmaRule, query: string): string {
  const level = rule.level ?? 'medium';
  return JSON.stringify({
    rule_id: rule.id ?? '',
    name: `SIGMA - ${rule.title}`,
    description: rule.description ?? rule.title,
    author: rule.author === undefined ? [] : [rule.author],
    license: rule.licence ?? 'DRL',
    type: 'query',
    language: 'lucene',
    index: INDICES,
    query,
    severity: level === 'informational' ? 'low' : level,
    risk_score: ownEntry<number>(RISK, level) ?? RISK.medium,
    from: 'now-5m',
    to: 'now',
    interval: '5m',
    enabled: true,
    max_signals: 100,
    false_positives: rule.falsePositives,
    references: rule.references,
    tags: rule.tags,
    threat: threatOf(rule),
    version: 1,
  });
}

/** A saved search for Kibana's import. */
export function kibanaSearch(rule: SigmaRule, query: string): string {
  const source = {
    indexRefName: 'kibanaSavedObjectMeta.searchSourceJSON.index',
    filter: [],
    query: { query, language: 'lucene' },
  };
  return JSON.stringify({
    id: rule.id ?? '',
    type: 'search',
    attributes: {
      title: `SIGMA - ${rule.title}`,
      description: rule.description ?? '',
      columns: [],
      sort: [['@timestamp', 'desc']],
      kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) },
    },
    references: [
      { id: 'beats-*', name: 'kibanaSavedObjectMeta.searchSourceJSON.index', type: 'index-pattern' },
    ],
  });
}
