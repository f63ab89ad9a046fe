/** Which data sources of a catalog its detections need: the ground of "detections I have data for". */

import type { Catalog, Detection, Reference } from '../content/model.ts';
import { platformOf } from '../content/normalise/platform.ts';
import type { NeedsFile, SourceFile } from './model.ts';

/** Alternatives of keys: of any one alternative, all sources. */
type Alternatives = string[][];

export class SourceIndex {
  private readonly sources: SourceFile[] = [];
  private readonly indexOf = new Map<string, number>();
  /** Catalog's data sources by the log source that they declare, as `categoryName` writes it. */
  private readonly ofLogSource = new Map<string, string[]>();
  private readonly platforms = new Map<string, string | undefined>();

  constructor(catalog: Pick<Catalog, 'dataSources' | 'detections'>) {
    for (const { slug, name, platform, logsource } of catalog.dataSources) {
      this.platforms.set(slug, platform);
      this.add({ key: slug, name, group: platform ?? 'Other' });
      const declared = logsource && logSourceName(logsource);
      if (declared) this.ofLogSource.set(declared, [...(this.ofLogSource.get(declared) ?? []), slug]);
    }
    for (const detection of catalog.detections) {
      for (const reference of detection.dataSources.flat()) {
        if (!reference.slug)
          this.add({ key: keyOf(reference), name: reference.name, group: 'Named by detections only' });
      }
      const name = detection.sigma && logSourceName(detection.sigma.logsource);
      if (name) this.add({ key: keyOf({ name }), name, group: 'Sigma log sources' });
    }
  }

  /** What a detection can be run on; a Sigma rule on its log source, or on any data source that is declared to be it. */
  alternativesOf(detection: Detection): Alternatives {
    const written = detection.dataSources.map((together) => together.map(keyOf));
    const name = detection.sigma && logSourceName(detection.sigma.logsource);
    if (!name) return written;
    return [...written, [keyOf({ name })], ...(this.ofLogSource.get(name) ?? []).map((slug) => [slug])];
  }

  /** Names of data sources and log sources that the detection reads. */
  namesOf(detection: Detection): string[] {
    const name = detection.sigma && logSourceName(detection.sigma.logsource);
    return [...detection.dataSources.flat().map((reference) => reference.name), ...(name ? [name] : [])];
  }

  platformsOf(detection: Detection): string[] {
    const logsource = detection.sigma?.logsource;
    const hints = detection.dataSources
      .flat()
      .map(({ slug, name }) => (slug === undefined ? platformOf(name) : this.platforms.get(slug)));
    hints.push(platformOf(logsource?.product, logsource?.service, logsource?.category));
    return hints.flatMap((platform) => platform?.split(', ') ?? []);
  }

  /** The rows' needs as columns; undefined where no row names a source. */
  pack(ofRows: readonly Alternatives[]): NeedsFile | undefined {
    const known = new Map<string, number>();
    const alternatives: number[][] = [];
    const indexed = ofRows.map((row) => [
      ...new Set(
        row.map((sources) => {
          const indexes = sources.map((key) => this.indexOf.get(key)!).sort((a, b) => a - b);
          const name = indexes.join(' ');
          const found = known.get(name);
          if (found !== undefined) return found;
          known.set(name, alternatives.length);
          return alternatives.push(indexes) - 1;
        }),
      ),
    ]);
    if (alternatives.length === 0) return undefined;
    return {
      sources: this.sources,
      alternatives,
      per: indexed.map((row) => row.length),
      flat: indexed.flat(),
    };
  }

  private add(source: SourceFile): void {
    if (this.indexOf.has(source.key)) return;
    this.indexOf.set(source.key, this.sources.push(source) - 1);
  }
}

/** The page's slug, or the name in the same form, without commas, for an address. */
function keyOf({ slug, name }: Reference): string {
  return slug ?? name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
}

/** `windows/process_creation`: the parts that a log source names, the product first. */
function logSourceName(logsource: {
  product?: string;
  category?: string;
  service?: string;
}): string | undefined {
  const parts = [logsource.product, logsource.category, logsource.service].filter(Boolean);
  return parts.length > 0 ? parts.join('/') : undefined;
}
