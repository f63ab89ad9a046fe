/** Conversions are proven by running them: on our SPL engine and on DuckDB they select what the matcher selects. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { duckDbVersion, EventDatabase } from '../../cli/test/duckdb.ts';
import { plainRecord } from '../../events/plain-record.ts';
import { readAll } from '../../events/read/read.ts';
import { type CompiledRule, compileRule } from '../match/compile.ts';
import { SigmaEvent } from '../match/event.ts';
import type { SigmaRule } from '../rule/model.ts';
import { readSigma } from '../rule/read.ts';
import { type CheckEvents, checkEvents, checkTable, selectInDuckDb, selectInSplunk } from './check.ts';
import { convert } from './convert.ts';
import { madeEvents } from './made-events.ts';

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url));
const SETS = join(SHARED, 'events/sigma_regression');
const CORPUS = join(SHARED, 'corpus/sigma');
const MAIN = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance'];

const walk = (folder: string, extension: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => join(folder, file))
    .sort();

/** Of every file of the corpus. */
function corpusRules(): CompiledRule[] {
  const rules: CompiledRule[] = [];
  for (const path of MAIN.flatMap((folder) => walk(join(CORPUS, folder), '.yml'))) {
    for (const rule of readSigma(readFileSync(path, 'utf8')).documents) {
      const compiled = rule.kind === 'rule' ? compileRule(rule, { logsource: false }) : undefined;
      if (compiled !== undefined && 'matches' in compiled) rules.push(compiled);
    }
  }
  return rules;
}

describe.skipIf(!existsSync(SETS) || !existsSync(CORPUS))(
  'run over published events (skipped where they are absent)',
  () => {
    let rules: CompiledRule[] = [];
    let checked: CheckEvents;
    let wanted: Map<CompiledRule, number[]>;

    beforeAll(async () => {
      rules = corpusRules();
      const events: SigmaEvent[] = [];
      for (const path of walk(SETS, '.evtx')) {
        const { records } = await readAll(readFileSync(path));
        events.push(...records.map((record) => new SigmaEvent(record)));
      }
      checked = checkEvents(rules, events);
      const renamed = checked.records.map((record) => new SigmaEvent(record));
      const logsource = { range: { start: 0, end: 0 } };
      wanted = new Map(
        rules.map((rule) => {
          const alone = compileRule({ ...rule.rule, logsource }, { logsource: false });
          if (!('matches' in alone)) throw new Error(alone.message);
          return [rule, renamed.flatMap((event, at) => (alone.matches(event) ? [at] : []))];
        }),
      );
    }, 120_000);

    it('Splunk', () => {
      const table = checkTable(checked);
      const differences: string[] = [];
      for (const [{ rule }, numbers] of wanted) {
        const found = selectInSplunk(rule, table);
        const said = 'code' in found ? found.reason : found.numbers.join();
        if (said !== numbers.join()) differences.push(`${rule.title}: ${said} instead of ${numbers}`);
      }
      expect(differences).toEqual([]);
      expect(wanted.size).toBe(3755);
    });

    it('DuckDB', async () => {
      const select = await new EventDatabase().open(checked);
      const differences: string[] = [];
      const refused: Record<string, number> = {};
      let compared = 0;
      for (const [{ rule }, numbers] of wanted) {
        const found = await selectInDuckDb(rule, checked, select!);
        if ('code' in found && found.code.startsWith('convert-')) {
          refused[found.code] = (refused[found.code] ?? 0) + 1;
          continue;
        }
        compared += 1;
        const said = 'code' in found ? found.reason : found.numbers.join();
        if (said !== numbers.join()) differences.push(`${rule.title}: ${said} instead of ${numbers}`);
      }
      expect(differences).toEqual([]);
      expect({ compared, refused }).toMatchInlineSnapshot(`
        {
          "compared": 3647,
          "refused": {
            "convert-cidr": 1,
            "convert-keyword": 107,
          },
        }
      `);
    }, 240_000);
  },
);

describe.skipIf(!existsSync(CORPUS))(
  'run over events made from the rule (skipped where the corpus is absent)',
  () => {
    // A third of the corpus, which takes seconds; all of it was run when this was written.
    const rules = existsSync(CORPUS) ? corpusRules().filter((_, at) => at % 3 === 0) : [];

    it('both conversions select what the matcher selects', async () => {
      const database = new EventDatabase();
      const differences: string[] = [];
      let met = 0;
      for (const { rule, expression } of rules) {
        const events = madeEvents(expression).map((record) => new SigmaEvent(record));
        const alone = compileRule(
          { ...rule, logsource: { range: rule.logsource.range } },
          { logsource: false },
        );
        if (!('matches' in alone)) throw new Error(alone.message);
        const wanted = events.flatMap((event, at) => (alone.matches(event) ? [at] : []));
        if (wanted.length > 0) met += 1;
        const prepared = checkEvents([alone], events);
        const select = await database.open(prepared);
        const found = [
          selectInSplunk(rule, checkTable(prepared)),
          await selectInDuckDb(rule, prepared, select!),
        ];
        for (const one of found) {
          if ('code' in one && one.code.startsWith('convert-')) continue;
          const said = 'code' in one ? one.reason : one.numbers.join();
          if (said !== wanted.join()) differences.push(`${rule.title}: ${said} instead of ${wanted}`);
        }
      }
      expect(differences).toEqual([]);
      // The others ask for regular expressions, which no text is made for, or contradict what they exclude.
      expect(met / rules.length).toBeGreaterThan(0.97);
    }, 240_000);
  },
);

describe.skipIf(duckDbVersion() === undefined)(
  'fields named as words of SQL (skipped where DuckDB is not installed)',
  () => {
    it.each(['Binary', 'order', 'Group', 'user', 'table', 'select', 'Index', 'd-d', 'say "x"'])(
      'are columns: %s',
      async (name) => {
        const detection = `s: {'${name}|contains': x, n: null}\n  f: {'${name}': ox}\n  condition: s and not f`;
        const text = `title: T\nlogsource: {product: a}\ndetection:\n  ${detection}\n`;
        const [rule] = readSigma(text).documents;
        const { output } = convert(rule as SigmaRule, { backend: 'duckdb', pipeline: 'none' });
        const records = ['x', 'y', 'oX', 'XX'].map((value, number) =>
          plainRecord({ [name]: value }, {}, number),
        );
        const columns = new Map([
          [name, `"${name.replaceAll('"', '""')}"`],
          ['n', 'n'],
        ]);
        const select = await new EventDatabase().open({ records, columns });
        expect(await select!(output!.replace('SELECT *', 'SELECT number'))).toEqual([0, 3]);
      },
    );
  },
);
