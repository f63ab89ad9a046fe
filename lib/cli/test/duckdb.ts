/** DuckDB, where it is installed: it is there for development, not a part of the program. */
import { createRequire } from 'node:module';
import type { FieldMap } from '../../events/record.ts';
import type { CheckEvents, SelectInDatabase } from '../../sigma/convert/check.ts';

const PACKAGE = '@duckdb/node-api';

let version: string | undefined | null = null;

/** Undefined where it is not installed. */
export function duckDbVersion(): string | undefined {
  if (version !== null) return version;
  try {
    const { version: found } = createRequire(import.meta.url)(`${PACKAGE}/package.json`) as {
      version: string;
    };
    version = found;
  } catch {
    version = undefined;
  }
  return version;
}

/** Up to these a query is given its rows along: a table takes longer to make than such a query to run. */
const MOST_ROWS_IN_QUERY = 50;

/** A database in memory, made on first use and kept: a table of events takes the place of the one before. */
export class EventDatabase {
  private connection: ReturnType<typeof connect> | undefined;

  readonly open = async (events: CheckEvents): Promise<SelectInDatabase | undefined> => {
    if (duckDbVersion() === undefined) return undefined;
    this.connection ??= connect();
    const connection = await this.connection;
    const columns = [...events.columns];
    const ask = async (query: string) =>
      (await connection.runAndReadAll(query)).getRows().map(([number]) => Number(number));
    if (events.records.length > 0 && events.records.length <= MOST_ROWS_IN_QUERY) {
      const rows = rowsOf(events);
      return (query) => ask(`${rows} ${query}`);
    }
    await connection.run(
      `CREATE OR REPLACE TABLE events (number INTEGER${columns.map(([, column]) => `, ${column} VARCHAR`).join('')})`,
    );
    const appender = await connection.createAppender('events');
    for (const { number, fields } of events.records) {
      appender.appendInteger(number);
      for (const [field] of columns) {
        const value = valueIn(fields, field);
        if (value === null) appender.appendNull();
        else appender.appendVarchar(value);
      }
      appender.endRow();
    }
    appender.closeSync();
    return ask;
  };
}

/** The events as a table of one query. */
function rowsOf({ records, columns }: CheckEvents): string {
  const rows = records.map(({ number, fields }) => {
    const cells = [...columns.keys()].map((field) => {
      const value = valueIn(fields, field);
      return value === null ? 'NULL::VARCHAR' : `'${value.replaceAll("'", "''")}'`;
    });
    return `(${[number, ...cells].join(', ')})`;
  });
  return `WITH events(${['number', ...columns.values()].join(', ')}) AS (VALUES ${rows.join(', ')})`;
}

/** A column holds one value; of several the first counts. */
function valueIn(fields: FieldMap, field: string): string | null {
  const value = fields.get(field);
  return value === undefined ? null : typeof value === 'string' ? value : value[0]!;
}

async function connect() {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return (await DuckDBInstance.create(':memory:')).connect();
}
