import type { Source } from '../../lib/content/model.ts';
import { site } from '../document/site.ts';

function fileUrl(action: 'blob' | 'edit' | 'commits', source: Source): string | undefined {
  const folder = site.contentPaths[source.root];
  if (!site.repository || folder === undefined || folder === null) return undefined;
  const path = [folder, source.path].filter(Boolean).join('/').split('/').map(encodeURIComponent).join('/');
  return `${site.repository.replace(/\/+$/, '')}/${action}/${site.branch}/${path}`;
}

/** The file in the content's repository, at the line of `key` where that is known. */
export function viewUrl(source: Source, key?: string): string | undefined {
  const base = fileUrl('blob', source);
  const line = key ? source.lines[key] : undefined;
  return base && line ? `${base}#L${line}` : base;
}

export function editUrl(source: Source, key?: string): string | undefined {
  const base = fileUrl('edit', source);
  const line = key ? source.lines[key] : undefined;
  return base && line ? `${base}#L${line}` : base;
}

/** View, edit and history; just the path where no repository is set. */
export function SourceLinks({ source }: { source: Source }) {
  const view = viewUrl(source);
  if (!view) return <span className="path">{source.path}</span>;
  return (
    <>
      <a href={view}>YAML</a>, <a href={editUrl(source)}>edit</a>,{' '}
      <a href={fileUrl('commits', source)}>history</a>
    </>
  );
}
