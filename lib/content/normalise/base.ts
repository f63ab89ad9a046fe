/** What every kind of object has, read from its fields. */
import type { Deprecation, Kind, ObjectBase } from '../model.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { Fields } from './fields.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The slug is given later, when the names of the whole catalog are known. */
export function readBase<K extends Kind>(kind: K, fields: Fields): ObjectBase & { kind: K } {
  const id = fields.text('id')?.toLowerCase();
  const version = fields.number('version');
  const created = fields.date('creation_date');
  const modified = fields.date('modification_date', 'modified', 'date');
  const status = fields.text('status')?.toLowerCase();
  const deprecation = readDeprecation(fields);
  return {
    kind,
    name: fields.text('name', 'title') ?? '',
    ...(id && uuid.test(id) ? { id } : {}),
    slug: '',
    ...(version === undefined ? {} : { version }),
    ...(created ? { created } : {}),
    ...(modified ? { modified } : {}),
    authors: authors(fields.text('author')),
    description: fields.text('description') ?? '',
    references: fields.texts('references'),
    ...(status ? { status } : {}),
    ...(deprecation ? { deprecation } : {}),
    source: { path: fields.file.path, root: fields.file.root, lines: keyLines(fields, fields.file) },
  };
}

/** `deprecation_info` of generation 3. */
function readDeprecation(fields: Fields): Deprecation | undefined {
  const info = fields.map('deprecation_info');
  if (!info) return undefined;
  const reason = info.text('reason');
  const removedIn = info.text('removed_in_version');
  return {
    ...(reason ? { reason } : {}),
    ...(removedIn ? { removedIn } : {}),
    replacements: info.texts('replacement_content').map((name) => ({ name })),
  };
}

/** Authors are one text with commas; a comma inside brackets or before `Inc` does not separate two of them. */
function authors(text: string | undefined): string[] {
  if (!text) return [];
  return text
    .split(/,(?![^(]*\))(?!\s*(?:Inc|LLC|Ltd|Jr)\b)/)
    .map((part) => part.trim())
    .filter(Boolean);
}

function keyLines(fields: Fields, file: SourceFile): Record<string, number> {
  const lines: Record<string, number> = {};
  for (const [key, entry] of fields.node.entries) {
    // Keys of a file come from outside: `__proto__` must not reach an object literal.
    if (/^[a-z][\w-]{0,60}$/i.test(key) && key !== 'constructor') lines[key] = file.lineOf(entry.key.start);
  }
  return lines;
}
