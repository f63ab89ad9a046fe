/** DuckDB, where it is installed: it is there for development, not a part of the program. */
import { createRequire } from 'node:module';
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

/** A database in memory, made on first use and kept: a table of events takes the place of the one before. */
export class EventDatabase {
  private connection: ReturnType<typeof connect> | undefined;

  readonly open = async (events: CheckEvents): Promise<SelectInDatabase | undefined> => {
    if (duckDbVersion() === undefined) return undefined;
    this.connection ??= connect();
    const connection = await this.connection;
    const columns = [...events.columns];
    await connection.run(
      `CREATE OR REPLACE TABLE events (number INTEGER${columns.map(([, column]) => `, ${column} VARCHAR`).join('')})`,
    );
    const appender = await connection.createAppender('events');
    for (const { number, fields } of events.records) {
      appender.appendInteger(number);
      for (const [field] of columns) {
        const value = fields.get(field);
        // A column holds one value; of several the first counts.
        if (value === undefined) appender.appendNull();
        else appender.appendVarchar(typeof value === 'string' ? value : value[0]!);
      }
      appender.endRow();
    }
    appender.closeSync();
    return async (query) =>
      (await connection.runAndReadAll(query)).getRows().map(([number]) => Number(number));
  };
}

async function connect() {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return (await DuckDBInstance.create(':memory:')).connect();
}
