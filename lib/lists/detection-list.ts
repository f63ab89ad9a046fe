/** The list of all detections. */
import { statusLabel, TEST_STATUS_LABELS } from '../content/labels.ts';
import type { Detection, TestStatus } from '../content/model.ts';
import {
  countField,
  cveYears,
  type ListCatalog,
  makeList,
  namesOf,
  plainField,
  tacticField,
  techniqueField,
  updatedField,
  wordField,
  yearField,
} from './list.ts';
import type { ListFile } from './model.ts';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'informational'];
const LANGUAGES: Record<Detection['language'], string> = { spl: 'SPL', spl2: 'SPL2', sigma: 'Sigma' };

export function detectionList(catalog: ListCatalog): ListFile {
  const tested = new Map(catalog.evidence?.detections.map(({ slug, status }) => [slug, status]));
  const { sources } = catalog;
  return makeList(catalog, {
    list: 'detections',
    noun: ['detection', 'detections'],
    rows: catalog.detections,
    nameOf: ({ name }) => name,
    slugOf: ({ slug }) => slug,
    detectionsOf: (detection) => [detection],
    fields: [
      wordField<Detection>('severity', 'Severity', ({ severity }) => [severity], {
        facet: 'open',
        column: 'shown',
        order: SEVERITIES,
      }),
      countField<Detection>('risk', 'Risk', ({ riskScore }) => riskScore, 'hidden'),
      plainField<Detection>('type', 'Type', ({ type }) => [type], { facet: 'open', column: 'shown' }),
      tacticField<Detection>(({ tactics }) => tactics),
      techniqueField<Detection>(
        ({ techniques }) => techniques.filter(({ implied }) => !implied).map(({ id }) => id),
        'shown',
      ),
      plainField<Detection>('platform', 'Platform', (detection) => sources.platformsOf(detection), {
        facet: 'open',
      }),
      plainField<Detection>('data_source', 'Data source', (detection) => sources.namesOf(detection), {
        column: 'shown',
      }),
      {
        ...plainField<Detection>('status', 'Status', ({ status }) => [status]),
        labelOf: (status) => statusLabel(status),
      },
      {
        ...plainField<Detection>('test', 'Test status', ({ slug }) => [tested.get(slug)], {
          order: Object.keys(TEST_STATUS_LABELS),
        }),
        labelOf: (status) => TEST_STATUS_LABELS[status as TestStatus],
      },
      plainField<Detection>('story', 'Story', ({ stories }) => namesOf(stories)),
      plainField<Detection>('asset', 'Asset type', ({ assetType }) => [assetType]),
      wordField<Detection>('domain', 'Security domain', ({ securityDomain }) => [securityDomain]),
      wordField<Detection>('category', 'Category', ({ category }) => [category]),
      {
        ...plainField<Detection>('language', 'Language', ({ language }) => [language]),
        labelOf: (language) => LANGUAGES[language as Detection['language']],
      },
      plainField<Detection>('product', 'Product', ({ products }) => products),
      yearField<Detection>('cve_year', 'CVE year', ({ cves }) => cveYears(cves)),
      {
        kind: 'values',
        key: 'cve',
        label: 'CVE',
        column: 'hidden',
        labelOf: (id) => id,
        links: 'cves',
        of: ({ cves }) => cves,
      },
      updatedField<Detection>(),
      yearField<Detection>('year', 'Year of update', ({ modified, created }) => [
        (modified ?? created)?.slice(0, 4),
      ]),
    ],
  });
}
