/** The rules of the house: which room may use which, and what may run in a browser worker. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const LIB = fileURLToPath(new URL('.', import.meta.url));
const PROJECT = join(LIB, '..');

/** A room may use only rooms to its left. */
const ROOMS = [
  'attack',
  'text',
  'events',
  'spl',
  'sigma',
  'content',
  'tester',
  'search',
  'lists',
  'check',
  'export',
  'cli',
];

/** These run in a browser worker as they are. */
const BROWSER_ROOMS = ['text', 'events', 'spl', 'sigma', 'tester', 'search', 'lists'];

interface Import {
  file: string;
  from: string;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
}

function importsOf(folder: string, file: string): Import[] {
  const text = readFileSync(join(folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = text.matchAll(
    /^\s*(?:import|export)\b[^'"]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => ({ file, from: (match[1] ?? match[2] ?? match[3])! }));
}

const libImports = sources(LIB).flatMap((file) => importsOf(LIB, file));

/** The room that a relative import leads to; undefined for files that stand in `lib/` itself. */
function roomOf(file: string, from: string): string | undefined {
  const target = posix.join(posix.dirname(file), from);
  return target.includes('/') ? target.split('/')[0] : undefined;
}

describe('lib/', () => {
  test('has only the rooms that are known', () => {
    const rooms = new Set(sources(LIB).flatMap((file) => (file.includes('/') ? [file.split('/')[0]!] : [])));
    expect([...rooms].filter((room) => !ROOMS.includes(room))).toEqual([]);
    expect(libImports.length).toBeGreaterThan(100);
  });

  test('uses no React and no Next', () => {
    expect(libImports.filter(({ from }) => /^(?:react|next)(?:$|[-/])/.test(from))).toEqual([]);
  });

  test('never reaches out of itself', () => {
    const out = libImports.filter(
      ({ file, from }) => from.startsWith('.') && posix.join(posix.dirname(file), from).startsWith('..'),
    );
    expect(out).toEqual([]);
  });

  test('goes one way: a room uses only rooms to its left', () => {
    const wrong = libImports.filter(({ file, from }) => {
      if (!from.startsWith('.') || !file.includes('/')) return false;
      const target = roomOf(file, from);
      return target !== undefined && ROOMS.indexOf(target) > ROOMS.indexOf(file.split('/')[0]!);
    });
    expect(wrong).toEqual([]);
  });

  test('keeps Node out of what a browser worker runs', () => {
    const wrong = libImports.filter(
      ({ file, from }) => BROWSER_ROOMS.includes(file.split('/')[0]!) && /^node:/.test(from),
    );
    expect(wrong).toEqual([]);
  });
});

test('components read types and pure helpers of lib/, never its command line or Node', () => {
  const folder = join(PROJECT, 'components');
  const wrong = sources(folder)
    .flatMap((file) => importsOf(folder, file))
    .filter(({ from }) => /^node:/.test(from) || /lib\/cli\//.test(from));
  expect(wrong).toEqual([]);
});

/** The linter refuses `eval`; it does not know this door. */
test('no code is made from text', () => {
  const wrong = ['lib', 'components', 'app'].flatMap((room) =>
    sources(join(PROJECT, room)).filter((file) =>
      /\bnew Function\(/.test(readFileSync(join(PROJECT, room, file), 'utf8')),
    ),
  );
  expect(wrong).toEqual([]);
});
