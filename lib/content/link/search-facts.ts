/** What a search text says about itself. */

export interface SearchFacts {
  /** Macros called, in order of first use. */
  macros: string[];
  /** Lookups and lookup files read or written, in order of first use. */
  lookups: string[];
  /** `Endpoint.Processes`, or `Change` where no dataset is named. */
  dataModels: string[];
  /** Fields that the search reads. */
  requiredFields: string[];
}

const cache = new Map<string, SearchFacts>();

export function searchFacts(search: string): SearchFacts {
  const known = cache.get(search);
  if (known) return known;
  const text = search.replace(/```[\s\S]*?```/g, ' ');
  const facts: SearchFacts = {
    macros: all(text, /`\s*([\w.:-]+)\s*(?:\([^`]*\))?\s*`/g),
    lookups: all(text, /\b(?:lookup|inputlookup|outputlookup)\s+(?:\w+\s*=\s*\S+\s+)*"?([\w.-]+)/gi),
    dataModels: all(text, /\bdatamodel\s*[=:]?\s*"?([\w.]+)/gi),
    requiredFields: [],
  };
  cache.set(search, facts);
  return facts;
}

function all(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1]!))];
}
