import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAll } from '../../events/read/read.ts';
import { readSigma } from '../rule/read.ts';
import { type CompiledRule, compileRule } from './compile.ts';
import { SigmaEvent } from './event.ts';
import otherMatches from './fixtures/other-matches.json' with { type: 'json' };
import { RuleSet } from './rule-set.ts';

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url));
const SETS = join(SHARED, 'events/sigma_regression');
const CORPUS = join(SHARED, 'corpus/sigma');
const MAIN = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance'];

const walk = (folder: string, extension: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => join(folder, file))
    .sort();

interface RegressionSet {
  folder: string;
  rule: string;
  atLeast: number;
  events: SigmaEvent[];
}

describe.skipIf(!existsSync(SETS) || !existsSync(CORPUS))(
  'published events (skipped where they are absent)',
  () => {
    const rules = new Map<string, CompiledRule>();
    const sets: RegressionSet[] = [];

    beforeAll(async () => {
      for (const path of MAIN.flatMap((folder) => walk(join(CORPUS, folder), '.yml'))) {
        for (const rule of readSigma(readFileSync(path, 'utf8')).documents) {
          if (rule.kind !== 'rule') continue;
          const compiled = compileRule(rule);
          if ('matches' in compiled) rules.set(rule.id!, compiled);
          else expect(compiled.code, path).toBe('sigma-placeholder');
        }
      }
      for (const info of walk(SETS, 'info.yml')) {
        const folder = join(info, '..');
        const text = readFileSync(info, 'utf8');
        const rule = /rule_metadata:\s+- id: (\S+)/.exec(text)![1]!;
        const atLeast = Number(/match_count: (\d+)/.exec(text)?.[1] ?? 1);
        for (const kind of ['.evtx', '.json']) {
          const path = walk(folder, kind)[0]!;
          const { records } = await readAll(readFileSync(path));
          sets.push({
            folder: `${folder.slice(SETS.length + 1)}${kind}`,
            rule,
            atLeast,
            events: records.map((record) => new SigmaEvent(record)),
          });
        }
      }
    }, 120_000);

    it('every set matches its rule at least as often as stated, as .evtx and as JSON', () => {
      expect(sets.length).toBe(230);
      const missed = sets.flatMap(({ folder, rule, atLeast, events }) => {
        const found = events.filter((event) => rules.get(rule)!.matches(event)).length;
        return found >= atLeast ? [] : [`${folder}: ${found} of ${atLeast}`];
      });
      expect(missed).toEqual([]);
    });

    it('a set of rules gives the rules that match one by one', () => {
      const all = new RuleSet([...rules.values()]);
      for (const event of sets.flatMap(({ events }) => events)) {
        expect(all.matching(event.record)).toEqual(all.rules.filter((rule) => rule.matches(event)));
      }
    });

    it('no other rule fires, but those that are listed', () => {
      const others: Record<string, string[]> = {};
      for (const { folder, rule, events } of sets) {
        if (!folder.endsWith('.evtx')) continue;
        for (const [id, compiled] of rules) {
          if (id === rule || !events.some((event) => compiled.matches(event))) continue;
          others[compiled.rule.title] ??= [];
          others[compiled.rule.title]!.push(rules.get(rule)!.rule.title);
        }
      }
      const listed = Object.entries(otherMatches).map(([title, { events }]) => [title, events]);
      const found = Object.entries(others).map(([title, of]) => [title, of.sort()]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(listed));
    });
  },
);
