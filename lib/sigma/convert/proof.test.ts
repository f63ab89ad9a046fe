/** Conversions are proven by running them: on our SPL engine and on DuckDB they select what the matcher selects. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAll } from '../../events/read/read.ts';
import type { EventRecord } from '../../events/record.ts';
import { prepare, run, tableFromRecords } from '../../spl/index.ts';
import { type CompiledRule, compileRule } from '../match/compile.ts';
import { SigmaEvent } from '../match/event.ts';
import { readSigma } from '../rule/read.ts';
import { convert } from './convert.ts';
import type { Pipeline } from './pipelines/pipeline.ts';

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url));
const SETS = join(SHARED, 'events/sigma_regression');
const CORPUS = join(SHARED, 'corpus/sigma');
const MAIN = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance'];

const walk = (folder: string, extension: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => join(folder, file))
    .sort();

describe.skipIf(!existsSync(SETS) || !existsSync(CORPUS))(
  'run over published events (skipped where they are absent)',
  () => {
    const rules: CompiledRule[] = [];
    const records: EventRecord[] = [];
    /** Every field by its name in rules: column names of DuckDB do not tell cases apart. */
    let columns: Pipeline;
    let wanted: Map<CompiledRule, number[]>;

    beforeAll(async () => {
      for (const path of MAIN.flatMap((folder) => walk(join(CORPUS, folder), '.yml'))) {
        for (const rule of readSigma(readFileSync(path, 'utf8')).documents) {
          const compiled = rule.kind === 'rule' ? compileRule(rule, { logsource: false }) : undefined;
          if (compiled !== undefined && 'matches' in compiled) rules.push(compiled);
        }
      }
      const names = [...new Set(rules.flatMap(({ fields }) => fields))];
      const others = rules.flatMap(
        ({ expression }) => JSON.stringify(expression).match(/"kind":"field","field":"[^"]+"/g) ?? [],
      );
      names.push(
        ...others.map((text) => /"field":"([^"]+)"/.exec(text)![1]!).filter((name) => !names.includes(name)),
      );
      for (const path of walk(SETS, '.evtx')) {
        for (const record of (await readAll(readFileSync(path))).records) {
          const event = new SigmaEvent(record);
          const fields = new Map<string, string>();
          for (const name of names) {
            const value = event.values(name)?.texts[0];
            if (value !== undefined) fields.set(name, value);
          }
          const { raw, time, host, source, sourcetype, index, eventtype } = record;
          const number = records.length;
          fields.set('sl_number', String(number));
          records.push({ number, offset: 0, raw, time, host, source, sourcetype, index, eventtype, fields });
        }
      }
      columns = {
        name: 'columns',
        title: 'Columns',
        unmapped: 'refuse',
        parts: [{ fields: Object.fromEntries(names.map((name, at) => [name, `c${at}`])) }],
      };
      const events = records.map((record) => new SigmaEvent(record));
      const bare = { windows: [], logsource: { range: { start: 0, end: 0 } } };
      wanted = new Map(
        rules.map((rule) => {
          const alone = compileRule({ ...rule.rule, logsource: bare.logsource }, { logsource: false });
          if (!('matches' in alone)) throw new Error(alone.message);
          return [rule, events.flatMap((event, at) => (alone.matches(event) ? [at] : []))];
        }),
      );
    }, 120_000);

    it('Splunk', () => {
      const table = tableFromRecords(records);
      const differences: string[] = [];
      let compared = 0;
      for (const [{ rule }, numbers] of wanted) {
        const { output, error } = convert(rule, { backend: 'splunk', pipeline: 'none' });
        expect(error, rule.title).toBeUndefined();
        const result = run(
          prepare(`search ${output} | table sl_number`),
          { events: table },
          { now: 1_760_000_000 },
        );
        if (result.error !== undefined) {
          differences.push(`${rule.title}: ${result.error.message} in ${output}`);
          continue;
        }
        compared += 1;
        const found = result.rows.map((row) => Number(row.sl_number)).sort((a, b) => a - b);
        if (found.join() !== numbers.join())
          differences.push(`${rule.title}: ${found} instead of ${numbers}: ${output}`);
      }
      expect(differences).toEqual([]);
      expect(compared).toBe(3755);
    });

    it('DuckDB', async () => {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const names = Object.entries(columns.parts[0]!.fields!);
      await connection.run(
        `CREATE TABLE events (number INTEGER, ${names.map(([, name]) => `${name} VARCHAR`).join(', ')})`,
      );
      const text = (value: unknown) =>
        typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : 'NULL';
      for (const { number, fields } of records) {
        await connection.run(
          `INSERT INTO events VALUES (${number}, ${names.map(([name]) => text(fields.get(name))).join(', ')})`,
        );
      }
      const differences: string[] = [];
      const refused: Record<string, number> = {};
      let compared = 0;
      for (const [{ rule }, numbers] of wanted) {
        const { output, error } = convert(rule, {
          backend: 'duckdb',
          pipeline: 'columns',
          pipelines: [columns],
        });
        if (output === undefined) {
          refused[error!.code] = (refused[error!.code] ?? 0) + 1;
          continue;
        }
        try {
          const query = output.replace('SELECT *', 'SELECT number');
          const rows = (await connection.runAndReadAll(`${query} ORDER BY number`)).getRows();
          compared += 1;
          const found = rows.map(([number]) => Number(number));
          if (found.join() !== numbers.join())
            differences.push(`${rule.title}: ${found} instead of ${numbers}: ${output}`);
        } catch (thrown) {
          differences.push(`${rule.title}: ${thrown}: ${output}`);
        }
      }
      connection.closeSync();
      expect(differences).toEqual([]);
      expect({ compared, refused }).toMatchInlineSnapshot(`
        {
          "compared": 3646,
          "refused": {
            "convert-cidr": 2,
            "convert-keyword": 107,
          },
        }
      `);
    });
  },
);
