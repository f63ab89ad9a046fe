import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';

import type { Dialect } from './ast.ts';
import { expandMacros, type MacroDefinition, parse, print } from './index.ts';
import { structure } from './structure.ts';

const SHARED = join(import.meta.dirname, '../../../../shared');
const CORPUS = join(SHARED, 'corpus');
const here = existsSync(CORPUS);
const title = here ? 'published searches' : 'published searches (skipped: no ../shared beside the checkout)';

interface Source {
  file: string;
  text: string;
}

function yamlFiles(folder: string): string[] {
  return readdirSync(join(CORPUS, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yml'))
    .map((file) => join(CORPUS, folder, file))
    .sort();
}

/** A few files go on at column 0 inside a quoted scalar, which strict YAML readers refuse: indent those lines. */
function read(file: string): Record<string, unknown> {
  const text = readFileSync(file, 'utf8');
  try {
    return (load(text, { json: true }) ?? {}) as Record<string, unknown>;
  } catch {
    const indented = text.replaceAll(/^\w+: '(?:[^']|'')*'/gm, (scalar) => scalar.replaceAll('\n', '\n  '));
    return (load(indented, { json: true }) ?? {}) as Record<string, unknown>;
  }
}

const searchesOf = new Map<string, Source[]>();
function searches(folder: string): Source[] {
  const known = searchesOf.get(folder);
  if (known) return known;
  const found = yamlFiles(folder).flatMap((file) => {
    const { search } = read(file);
    return typeof search === 'string' ? [{ file: file.slice(CORPUS.length + 1), text: search }] : [];
  });
  searchesOf.set(folder, found);
  return found;
}

function macros(folder: string): (name: string, argCount: number) => MacroDefinition | undefined {
  const known = new Map<string, MacroDefinition>();
  for (const file of yamlFiles(folder)) {
    const {
      name,
      definition,
      arguments: args = [],
    } = read(file) as { name: string; definition: unknown; arguments?: string[] };
    known.set(`${name}/${args.length}`, { name, args, definition: String(definition) });
  }
  return (name, argCount) => known.get(`${name}/${argCount}`);
}

/** Files whose search has an error or a stage that was not understood. */
function failures(sources: Source[], dialect: Dialect): string[] {
  return sources.flatMap(({ file, text }) => {
    const { query, diagnostics } = parse(text, { dialect });
    const error = diagnostics.find(({ severity }) => severity === 'error');
    const opaque = [query, ...(query.definitions ?? [])]
      .flatMap(({ stages }) => stages)
      .find((stage) => stage.kind === 'opaque' && !stage.unknownCommand);
    return error || opaque ? [`${file}: ${error?.message ?? 'opaque stage'}`] : [];
  });
}

function unknownCommands(sources: Source[], dialect: Dialect): string[] {
  const names = sources
    .flatMap(({ text }) => parse(text, { dialect }).query.stages)
    .flatMap((stage) => (stage.kind === 'opaque' ? [stage.name] : []));
  return [...new Set(names)];
}

/** Files whose printed search does not come back as the same tree, or not as the same text. */
function unfaithful(sources: Source[], dialect: Dialect): string[] {
  return sources.flatMap(({ file, text }) => {
    const { query } = parse(text, { dialect });
    const printed = print(query);
    const again = parse(printed, { dialect }).query;
    const same =
      JSON.stringify(structure(again)) === JSON.stringify(structure(query)) && print(again) === printed;
    return same ? [] : [file];
  });
}

describe.skipIf(!here)(title, () => {
  /** Folder, number of searches, folder of macros, macros that no file defines, commands that are not Splunk's. */
  const SETS: [string, Dialect, number, string?, string[]?, string[]?][] = [
    [
      'security_content/detections',
      'spl1',
      1711,
      'security_content/macros',
      ['cim_corporate_web_domain_search', 'get_asset'],
    ],
    [
      'security_content_g2/detections',
      'spl1',
      1814,
      'security_content_g2/macros',
      ['cim_corporate_web_domain_search', 'get_asset'],
    ],
    ['security_content_g2_late', 'spl1', 2],
    [
      'security_content_g3/detections',
      'spl1',
      12,
      'security_content_g2/macros',
      ['cisco_ios', 'cisco_sd_wan_syslog', 'cisco_secure_firewall'],
    ],
    ['ssa/gen1', 'spl2', 97],
    ['ssa/gen2', 'spl2', 194],
    ['security_content/baselines', 'spl1', 66, 'security_content/macros', [], ['dnstwist']],
    ['security_content/investigations', 'spl1', 47, 'security_content/macros', ['notable']],
  ];
  for (const [folder, dialect, count, macroFolder, undefinedMacros = [], foreign = []] of SETS) {
    it(`reads all ${count} of ${folder}, and prints them faithfully`, () => {
      const sources = searches(folder);
      expect(sources).toHaveLength(count);
      expect(failures(sources, dialect)).toEqual([]);
      expect(unknownCommands(sources, dialect)).toEqual(foreign);
      expect(unfaithful(sources, dialect)).toEqual([]);
    });
    if (!macroFolder) continue;
    it(`reads all ${count} of ${folder} with macros expanded`, () => {
      const resolve = macros(macroFolder);
      const unknown = new Set<string>();
      const sources = searches(folder).map(({ file, text }) => {
        const expansion = expandMacros(text, resolve);
        for (const { message } of expansion.diagnostics) unknown.add(/`(\w+)`/.exec(message)![1]!);
        return { file, text: expansion.text };
      });
      expect(failures(sources, dialect)).toEqual([]);
      expect(unknownCommands(sources, dialect)).toEqual(foreign);
      expect(unfaithful(sources, dialect)).toEqual([]);
      expect([...unknown].sort()).toEqual(undefinedMacros);
    });
  }

  it('reads the parse vectors, but for those listed with a reason', () => {
    interface Vector {
      id: string;
      kind: string;
      confidence: string;
      query: string;
    }
    const vectors = readFileSync(join(SHARED, 'vectors/spl.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Vector)
      .filter(({ kind, confidence }) => kind === 'parse' && confidence !== 'impl-unverified');
    const REFUSED: Record<string, string> = {
      'pth03-parse-126': '`convert rmunit` names no field; the documentation requires one in parentheses',
    };
    const failed = vectors.filter(({ query }) =>
      parse(query).diagnostics.some(({ severity }) => severity === 'error'),
    );
    expect(failed.map(({ id }) => id)).toEqual(Object.keys(REFUSED));
    expect(vectors).toHaveLength(484);
    expect(
      unfaithful(
        vectors.map(({ id, query }) => ({ file: id, text: query })),
        'spl1',
      ),
    ).toEqual([]);
  });
});
