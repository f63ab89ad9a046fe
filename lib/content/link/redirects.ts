/**
 * Old addresses → addresses. Tickets, wikis and alerts hold the UUID forms (`/endpoint/<uuid>/` was what Splunk's own
 * site used), so they lead to the page for as long as the object exists.
 */
import { addressOf, folderOfKind } from '../address.ts';
import type { ContentObject, Detection } from '../model.ts';

/** `detections` in the order of content folders and paths: of several with one ID the first is meant. */
export function redirects(
  detections: readonly Detection[],
  former: readonly [ContentObject, string][],
  all: readonly ContentObject[],
): [string, string][] {
  const taken = new Set(all.map(addressOf));
  const found = new Map<string, string>();
  const add = (from: string, to: string) => {
    if (!taken.has(from) && !found.has(from)) found.set(from, to);
  };
  for (const detection of detections) {
    if (!detection.id) continue;
    const to = addressOf(detection);
    for (const folder of ['detections', ...domainFolders(detection)]) add(`/${folder}/${detection.id}/`, to);
  }
  for (const [object, slug] of former) add(`/${folderOfKind[object.kind]}/${slug}/`, addressOf(object));
  return [...found].sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

/**
 * The domain now, and the folder: a deprecated detection was published under `/deprecated/`. Sigma rules never had
 * addresses of this form.
 */
function domainFolders(detection: Detection): string[] {
  if (detection.shape === 'sigma') return [];
  const folders = detection.source.path.split('/').slice(0, -1);
  const at = folders.indexOf('detections');
  const folder = at >= 0 ? folders[at + 1] : undefined;
  return [...new Set([detection.category, folder])].filter(
    (name): name is string => name !== undefined && /^[a-z0-9_-]+$/.test(name),
  );
}
