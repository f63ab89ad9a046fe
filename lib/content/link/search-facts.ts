/**
 * What a search says about itself, read by the SPL engine: macros and lookups it calls, data models, fields, and its
 * text as pages show it. A search that cannot be read still gives its macros, and says where reading stopped.
 */
import {
  analyse,
  type Dialect,
  expandMacros,
  formatSearch,
  type MacroDefinition,
  parse,
  print,
} from '../../spl/syntax/index.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Macro, SearchForms } from '../model.ts';

export interface MacroCall {
  name: string;
  argumentCount: number;
  /** The macro whose definition makes the call; absent when the search itself does. */
  via?: string;
}

export interface SearchFacts {
  /** Every macro once for each place that calls it, in order of first use. */
  macros: MacroCall[];
  /** Lookups and lookup files read or written, those of macros included. */
  lookups: string[];
  /** `Endpoint.Processes`, or `Change` where no dataset is named. */
  dataModels: string[];
  /** Fields taken from events. */
  requiredFields: string[];
  forms: SearchForms;
  /** Why the search could not be read, and the piece of its text at which reading stopped. */
  problem?: { message: string; at: string };
}

interface Remembered {
  facts: SearchFacts;
  /** Call → definition that it had; the facts hold as long as these do. */
  definitions: [name: string, argumentCount: number, definition: string | undefined][];
}

export type SearchCache = Map<string, Remembered>;

/**
 * Fields that say where an event is. A macro that picks them is there to be changed, so it requires none; `index` is
 * no field of the data at all.
 */
const placeFields = new Set([
  'Channel',
  'eventtype',
  'host',
  'index',
  'source',
  'sourcetype',
  'splunk_server',
  'tag',
]);

export class Searches {
  private readonly macros = new Map<string, MacroDefinition>();
  private readonly used: SearchCache = new Map();

  constructor(
    macros: readonly Macro[],
    private readonly cache: SearchCache,
  ) {
    for (const { name, arguments: args, definition } of macros) {
      const key = `${name} ${args.length}`;
      if (!this.macros.has(key)) this.macros.set(key, { name, args, definition });
    }
  }

  facts(search: string, dialect: Dialect): SearchFacts {
    const key = `${dialect} ${search}`;
    const known = this.used.get(key) ?? this.cache.get(key);
    if (known && this.holds(known)) {
      this.used.set(key, known);
      return known.facts;
    }
    const made = this.read(search, dialect);
    this.used.set(key, made);
    return made.facts;
  }

  /** Leaves in the cache what this compilation used, and nothing else. */
  remember(): void {
    this.cache.clear();
    for (const [key, value] of this.used) this.cache.set(key, value);
  }

  private holds({ definitions }: Remembered): boolean {
    return definitions.every(
      ([name, count, definition]) => this.macros.get(`${name} ${count}`)?.definition === definition,
    );
  }

  private read(search: string, dialect: Dialect): Remembered {
    const definitions: Remembered['definitions'] = [];
    const expansion = expandMacros(search, (name, count) => {
      const macro = this.macros.get(`${name} ${count}`);
      definitions.push([name, count, macro?.definition]);
      return macro;
    });
    const { query, diagnostics } = parse(expansion.text, { dialect });
    const failure = diagnostics.find(({ severity }) => severity === 'error');
    const formatted = formatSearch(search, { dialect });
    const readable = formatted.diagnostics.every(({ severity }) => severity !== 'error');
    const analysis = analyse(query);
    return {
      definitions,
      facts: {
        macros: expansion.uses.map(({ name, args, via }) => {
          const caller = via.at(-1)?.replace(/\(\d+\)$/, '');
          return { name, argumentCount: args.length, ...(caller ? { via: caller } : {}) };
        }),
        lookups: [...new Set(analysis.lookups.map(({ name }) => name))],
        dataModels: analysis.dataModels,
        // What could not be read may read any field, so a list of some would be wrong.
        requiredFields: failure ? [] : analysis.fieldsRead.filter((field) => isRequired(field, search)),
        forms: {
          ...(readable ? { formatted: formatted.text } : {}),
          ...(!failure && expansion.uses.length > 0 ? { expanded: print(query) } : {}),
        },
        ...(failure ? { problem: problemOf(failure, search, expansion.mapRange) } : {}),
      },
    };
  }
}

function isRequired(field: string, search: string): boolean {
  return field !== 'index' && (!placeFields.has(field) || search.includes(field));
}

function problemOf(
  failure: Diagnostic,
  search: string,
  mapRange: (range: { start: number; end: number }) => { start: number; end: number },
): { message: string; at: string } {
  const range = failure.range && mapRange(failure.range);
  return { message: failure.message, at: range ? search.slice(range.start, range.end).trim() : '' };
}
