import { isTechniqueId } from '../../lib/attack/techniques.ts';
import { isCveId } from '../../lib/text/cve.ts';
import { cveUrl, techniqueUrl } from '../url.ts';

/** What is no CVE ID has no page, so it is shown as it was written. */
export function Cve({ id }: { id: string }) {
  return isCveId(id) ? <a href={cveUrl(id)}>{id}</a> : <span className="missing">{id}</span>;
}

export function Technique({ id }: { id: string }) {
  return isTechniqueId(id) ? <a href={techniqueUrl(id)}>{id}</a> : <span className="missing">{id}</span>;
}
