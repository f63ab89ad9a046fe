import type { Mapping } from '../../text/yaml-node.ts';
import type { Described } from './model.ts';
import { textOf, textsOf } from './scalar.ts';
import type { RuleSource } from './source.ts';

/** Values that the specification lists for a key. */
const VOCABULARIES = {
  status: ['stable', 'test', 'experimental', 'deprecated', 'unsupported'],
  level: ['informational', 'low', 'medium', 'high', 'critical'],
} as const;
const RELATIONS = ['derived', 'obsolete', 'merged', 'renamed', 'similar', 'correlation'];
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const DATE = /^\d{4}[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01])$/;
const LONGEST_TITLE = 256;

export function describeDocument(mapping: Mapping, source: RuleSource): Described {
  const at = (key: string) => mapping.entries.get(key)?.value;
  const text = (key: string) => textOf(at(key));
  const title = text('title');
  if (title === undefined) {
    source.report('sigma-key-expected', 'A rule needs a `title`.', {
      start: mapping.start,
      end: mapping.start + 1,
    });
  } else if (title.length > LONGEST_TITLE) {
    source.report('sigma-vocabulary', `A title has at most ${LONGEST_TITLE} characters.`, at('title'));
  }
  for (const [key, words] of Object.entries(VOCABULARIES)) {
    const value = text(key);
    if (value !== undefined && !(words as readonly string[]).includes(value)) {
      source.report('sigma-vocabulary', `\`${key}\` is one of ${words.join(', ')}.`, at(key));
    }
  }
  const id = text('id');
  if (id !== undefined && !UUID.test(id)) source.report('sigma-vocabulary', 'An `id` is a UUID.', at('id'));
  for (const key of ['date', 'modified']) {
    const value = text(key);
    if (value !== undefined && !DATE.test(value)) {
      source.report('sigma-vocabulary', `\`${key}\` is a day such as 2024-12-31.`, at(key));
    }
  }
  return {
    id,
    name: text('name'),
    title: title ?? '',
    description: text('description'),
    status: text('status'),
    level: text('level'),
    author: text('author') ?? (textsOf(at('author')).join(', ') || undefined),
    licence: text('license'),
    date: text('date'),
    modified: text('modified'),
    references: textsOf(at('references')),
    tags: textsOf(at('tags')),
    falsePositives: textsOf(at('falsepositives')),
    fields: textsOf(at('fields')),
    related: relatedOf(mapping, source),
    path: source.path,
    range: { start: mapping.start, end: mapping.end },
  };
}

function relatedOf(mapping: Mapping, source: RuleSource): { id: string; type: string }[] {
  const node = mapping.entries.get('related')?.value;
  if (node?.kind !== 'sequence') return [];
  return node.items.flatMap((item) => {
    if (item.kind !== 'mapping') return [];
    const id = textOf(item.entries.get('id')?.value);
    const type = textOf(item.entries.get('type')?.value) ?? '';
    if (!RELATIONS.includes(type)) {
      source.report('sigma-vocabulary', `The type of a relation is one of ${RELATIONS.join(', ')}.`, item);
    }
    return id === undefined ? [] : [{ id, type }];
  });
}
