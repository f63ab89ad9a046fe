import type { Diagnostic } from '../../text/diagnostic.ts';
import { didYouMean } from '../../text/nearest.ts';
import { commandEntry, commandNames } from '../commands/table.ts';
import type { CommandStage, Dialect, MacroCall, OpaqueStage, Option, Query, Stage } from './ast.ts';
import { Cursor, SyntaxFailure } from './cursor.ts';
import { parseSearchExpr } from './parse-search.ts';
import { type Body, stageParsers } from './parse-stage.ts';

export interface ParseOptions {
  dialect?: Dialect;
}
export interface ParseResult {
  query: Query;
  diagnostics: Diagnostic[];
}

/**
 * Parses a search. Never throws: a stage that cannot be read becomes an opaque stage with an error at the exact place,
 * and parsing goes on at the next pipe. An unknown command is an opaque stage too, with a warning.
 */
export function parse(text: string, options: ParseOptions = {}): ParseResult {
  const { query, diagnostics } = parseCounted(text, options);
  return { query, diagnostics };
}

/** `parse`, with the number of characters and tokens looked at. */
export function parseCounted(
  text: string,
  { dialect = 'spl1' }: ParseOptions = {},
): ParseResult & { steps: number } {
  const cursor = new Cursor(text, dialect, parsePipeline);
  const statements = [parsePipeline(cursor)];
  while (dialect === 'spl2' && cursor.pos < text.length && text[cursor.pos] === ';') {
    cursor.pos++;
    statements.push(parsePipeline(cursor));
  }
  const written = statements.filter(({ stages }) => stages.length > 0);
  const query = written.pop() ?? statements[0]!;
  if (written.length > 0) query.definitions = written;
  return { query, diagnostics: cursor.diagnostics, steps: cursor.steps };
}

/** Stages up to the end of the text, the closing bracket of the subsearch, or (SPL2) a semicolon. */
function parsePipeline(cursor: Cursor): Query {
  cursor.comments = [];
  const start = cursor.pos;
  const query: Query = {
    kind: 'query',
    dialect: cursor.dialect,
    stages: [],
    leadingPipe: false,
    range: { start, end: start },
  };
  guard(cursor, () => {
    cursor.skip();
    if (cursor.dialect !== 'spl2') return;
    const assigned = cursor.match(/\$\w+\s*=/y);
    if (assigned) query.assign = assigned.slice(1, -1).trim();
  });
  guard(cursor, () => {
    query.leadingPipe = cursor.eat('|');
  });
  for (let first = true; ; first = false) {
    const stage = parseStage(cursor, first && !query.leadingPipe);
    if (stage) query.stages.push(stage);
    if (guard(cursor, () => cursor.eat('|'))) continue;
    if (cursor.pos < cursor.end && cursor.dialect === 'spl2' && cursor.placeholder()) continue;
    break;
  }
  if (query.assign && query.stages.length === 0) {
    cursor.report('expected-command', `Expected a search after \`$${query.assign} =\`.`, {
      start,
      end: cursor.pos,
    });
  }
  query.range = { start, end: cursor.pos };
  return query;
}

/** Runs a step whose failure (an unclosed comment) ends the text. */
function guard<T>(cursor: Cursor, step: () => T): T | undefined {
  try {
    return step();
  } catch (failure) {
    reportFailure(cursor, failure);
    return undefined;
  }
}

function reportFailure(cursor: Cursor, failure: unknown): void {
  if (!(failure instanceof SyntaxFailure)) throw failure;
  cursor.report(failure.code, failure.message, failure.range);
}

function parseStage(cursor: Cursor, mayBeImplicit: boolean): Stage | undefined {
  const level = cursor.level;
  cursor.command = '';
  // Comments met so far in this pipeline and not yet given to a stage stand before this one.
  const held = cursor.comments;
  for (const comment of held) comment.leading = true;
  let start = cursor.pos;
  let stage: Stage | undefined;
  try {
    cursor.skip();
    for (const comment of cursor.comments) comment.leading = true;
    start = cursor.pos;
    stage = readStage(cursor, start, mayBeImplicit);
    if (!cursor.atStageEnd()) cursor.fail('unexpected-argument', 'the end of the stage');
  } catch (failure) {
    reportFailure(cursor, failure);
    cursor.resetLevel(level);
    skipToStageEnd(cursor);
    const text = cursor.text.slice(start, cursor.pos).trimEnd();
    const name = /^\w*/.exec(text)![0].toLowerCase();
    stage = opaque(start, start + text.length, text, name, false);
  }
  const comments = cursor.comments;
  cursor.comments = [];
  if (!stage) return undefined;
  // The text of an opaque stage holds its own comments.
  stage.comments =
    stage.kind === 'opaque'
      ? comments.filter((comment) => comment.leading || comment.range.start >= stage.range.end)
      : comments;
  return stage;
}

function readStage(cursor: Cursor, start: number, mayBeImplicit: boolean): Stage | undefined {
  if (cursor.atStageEnd()) {
    const placeholder = cursor.dialect === 'spl2' ? cursor.match(/--[a-z_]+--/y) : undefined;
    if (placeholder) {
      const call: MacroCall = {
        kind: 'macro',
        name: placeholder.slice(2, -2),
        args: [],
        raw: placeholder,
        range: cursor.range(start),
      };
      return { kind: 'macro-stage', call, rest: '', comments: [], range: call.range };
    }
    if (mayBeImplicit && cursor.peek() !== '|') return undefined;
    return cursor.fail('expected-command', 'a command');
  }
  if (cursor.text[start] === '`' && !mayBeImplicit) {
    const call = cursor.macro();
    const restStart = cursor.pos;
    skipToStageEnd(cursor);
    const rest = cursor.text.slice(restStart, cursor.pos).trim();
    return {
      kind: 'macro-stage',
      call,
      rest,
      comments: [],
      range: { start, end: rest ? cursor.pos : restStart },
    };
  }
  const name = cursor.match(/[A-Za-z_]\w*(?![^\s|`"'()[\],;-])/y, false);
  const entry = name === undefined ? undefined : commandEntry(name);
  if (mayBeImplicit && !startsWithCommand(cursor, name, entry)) return implicitSearch(cursor, start, entry);
  if (name === undefined || !entry) return unknownCommand(cursor, start, name);
  cursor.command = entry.name;
  cursor.match(/\w+/y);
  const nameRange = cursor.range(start);
  const options: Option[] = [];
  const body: Body = stageParsers[entry.shape]({ cursor, entry, options });
  const typed = name.toLowerCase();
  const stage = {
    kind: 'command',
    name: entry.name,
    ...(typed === entry.name ? {} : { typed }),
    nameRange,
    options,
    ...body,
    comments: [],
    range: cursor.range(start),
  };
  return trimRange(cursor, stage as unknown as CommandStage);
}

/**
 * Without a leading pipe only `search` names a command at the start of a search; in a subsearch, and in SPL2, any command
 * may stand first.
 */
function startsWithCommand(
  cursor: Cursor,
  name: string | undefined,
  entry: ReturnType<typeof commandEntry>,
): boolean {
  if (!name || !entry) return false;
  if (/^\s*(?:=|!=)/.test(cursor.text.slice(cursor.pos + name.length, cursor.pos + name.length + 8)))
    return false;
  return entry.name === 'search' || cursor.inSubsearch || cursor.dialect === 'spl2';
}

function implicitSearch(cursor: Cursor, start: number, entry: ReturnType<typeof commandEntry>): CommandStage {
  cursor.command = 'search';
  if (entry?.generating) {
    cursor.report(
      'command-without-pipe',
      `This is read as search terms: write \`| ${entry.name}\` for the command.`,
      { start, end: start + entry.name.length },
      'warning',
    );
  }
  const expr = parseSearchExpr(cursor);
  return {
    kind: 'command',
    shape: 'search',
    name: 'search',
    implicit: true,
    nameRange: { start, end: start },
    options: [],
    expr,
    comments: [],
    range: { start, end: expr.range.end },
  };
}

function unknownCommand(cursor: Cursor, start: number, name: string | undefined): OpaqueStage {
  if (name === undefined) return cursor.fail('expected-command', 'a command');
  cursor.report(
    'unknown-command',
    `Sightline does not know the command \`${name}\`${didYouMean(name, commandNames(cursor.dialect === 'spl2'))} The stage is kept as written and cannot run.`,
    { start, end: start + name.length },
    'warning',
  );
  skipToStageEnd(cursor);
  const text = cursor.text.slice(start, cursor.pos).trimEnd();
  return opaque(start, start + text.length, text, name.toLowerCase(), true);
}

function opaque(
  start: number,
  end: number,
  text: string,
  name: string,
  unknownCommand: boolean,
): OpaqueStage {
  return { kind: 'opaque', name, text, unknownCommand, comments: [], range: { start, end } };
}

/** A stage ends at its last token, not at the blanks before the next pipe. */
function trimRange(cursor: Cursor, stage: CommandStage): CommandStage {
  let { end } = stage.range;
  while (end > stage.range.start && /\s/.test(cursor.text[end - 1]!)) end--;
  stage.range = { start: stage.range.start, end };
  return stage;
}

/** Moves to the next pipe, closing bracket or end, over quotes, macros, comments and nested brackets. */
function skipToStageEnd(cursor: Cursor): void {
  const { text } = cursor;
  let depth = 0;
  const from = cursor.pos;
  while (cursor.pos < cursor.end) {
    const c = text[cursor.pos];
    if (
      depth === 0 &&
      (c === '|' || (c === ']' && cursor.inSubsearch) || (c === ';' && cursor.dialect === 'spl2'))
    )
      break;
    if (depth === 0 && c === '-' && cursor.dialect === 'spl2' && cursor.placeholder()) break;
    if (c === '[') depth++;
    else if (c === ']') depth = Math.max(0, depth - 1);
    else if (c === '\\') cursor.pos++;
    else if (c === '"' || c === '`') {
      const mark = text.startsWith('```', cursor.pos) ? '```' : c;
      const close = text.indexOf(mark, cursor.pos + mark.length);
      cursor.pos = close < 0 ? cursor.end : close + mark.length - 1;
    }
    cursor.pos++;
  }
  cursor.pos = Math.min(cursor.pos, cursor.end);
  cursor.steps += cursor.pos - from;
}
