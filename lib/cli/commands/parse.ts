import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type ParseRequest, parseReport } from '../../spl/index.ts';
import type { Io } from '../io.ts';
import { type BatchKind, eachLine } from '../run/batch.ts';

const OPTIONS = {
  spl: { type: 'string' },
  batch: { type: 'string' },
  dialect: { type: 'string' },
} as const;

/** A line that is no request has the same keys, with what is wrong as its only diagnostic. */
const PARSE_BATCH: BatchKind<ParseRequest> = {
  answer: parseReport,
  failed: (id, fault) => ({
    id,
    ok: false,
    diagnostics: [{ severity: 'error', ...fault }],
    commands: [],
    fields_read: [],
    macros: [],
    formatted: '',
  }),
};

/** Reads a search, or each of a batch file, and prints what it is made of. 0 read, 1 it has errors, 2 usage. */
export async function main(args: string[], io: Io): Promise<number> {
  let values: { spl?: string; batch?: string; dialect?: string };
  try {
    ({ values } = parseArgs({ args, options: OPTIONS, allowPositionals: false }));
  } catch (error) {
    io.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  if (values.batch !== undefined) {
    if (!existsSync(values.batch)) {
      io.err(`The file ${values.batch} does not exist.\n`);
      return 2;
    }
    return eachLine(values.batch, io, PARSE_BATCH);
  }
  if (values.spl === undefined || values.spl.trim() === '') {
    io.err('Give a search with --spl, or a batch file with --batch.\n');
    return 2;
  }
  const dialect = values.dialect === 'spl2' ? 'spl2' : 'spl1';
  const report = parseReport({ id: 'spl', spl: values.spl, dialect });
  io.out(`${report.formatted}\n`);
  for (const { severity, code, message } of report.diagnostics) io.err(`${severity} ${code}: ${message}\n`);
  return report.ok ? 0 : 1;
}
