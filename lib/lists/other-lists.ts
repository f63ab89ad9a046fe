/** Lists of stories, data sources, techniques, CVEs, macros and lookups. */
import type { CveEntry, DataSource, Lookup, Macro, Story, TechniqueEntry } from '../content/model.ts';
import { shorten } from '../text/shorten.ts';
import {
  countField,
  cveYears,
  detectionsAt,
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
import type { FieldSpec } from './pack.ts';

/** As much of a description as a table has room for. */
const EXCERPT = 160;

const excerptField = <Row extends { description: string }>(): FieldSpec<Row> => ({
  kind: 'texts',
  key: 'description',
  label: 'Description',
  column: 'shown',
  of: ({ description }) => shorten(description, EXCERPT),
});

const name = (row: { name: string }) => row.name;
const slug = (row: { slug: string }) => row.slug;
const used = (count: number) => [count > 0 ? 'used' : 'unused'];

export function storyList(catalog: ListCatalog): ListFile {
  const detectionsOf = (story: Story) => detectionsAt(catalog, story.detections);
  const { sources } = catalog;
  return makeList<Story>(catalog, {
    list: 'stories',
    noun: ['story', 'stories'],
    rows: catalog.stories,
    nameOf: name,
    slugOf: slug,
    detectionsOf,
    fields: [
      plainField('category', 'Category', ({ categories }) => categories, { facet: 'open', column: 'shown' }),
      countField('detections', 'Detections', ({ detections }) => detections.length),
      excerptField(),
      tacticField(({ tactics }) => tactics),
      techniqueField(({ techniques }) => techniques, 'hidden'),
      plainField('platform', 'Platform', (story) =>
        detectionsOf(story).flatMap((detection) => sources.platformsOf(detection)),
      ),
      plainField('data_source', 'Data source', (story) =>
        detectionsOf(story).flatMap((detection) => sources.namesOf(detection)),
      ),
      plainField('usecase', 'Use case', ({ usecase }) => [usecase]),
      wordField('status', 'Status', ({ status }) => [status]),
      plainField('product', 'Product', ({ products }) => products),
      yearField('cve_year', 'CVE year', ({ cves }) => cveYears(cves)),
      updatedField(),
    ],
  });
}

export function dataSourceList(catalog: ListCatalog): ListFile {
  return makeList<DataSource>(catalog, {
    list: 'data-sources',
    noun: ['data source', 'data sources'],
    rows: catalog.dataSources,
    nameOf: name,
    slugOf: slug,
    sourceOf: slug,
    fields: [
      plainField('platform', 'Platform', ({ platform }) => platform?.split(', ') ?? [], {
        facet: 'open',
        column: 'shown',
      }),
      plainField('sourcetype', 'Sourcetype', ({ sourcetype }) => [sourcetype], { column: 'shown' }),
      plainField('component', 'ATT&CK data component', ({ mitreComponents }) => mitreComponents),
      plainField('addon', 'Add-on', ({ addons }) => addons.map((addon) => addon.name)),
      wordField('use', 'Use', ({ usedBy }) => used(usedBy.length)),
      countField('fields', 'Fields', ({ fields }) => fields.length),
      countField('detections', 'Detections', ({ usedBy }) => usedBy.length),
    ],
  });
}

/** What a layer for the Navigator is made of; nothing to choose by, since every row has its own. */
const { facet: _, ...techniqueItself } = techniqueField<TechniqueEntry>(({ id }) => [id]);

export function techniqueList(catalog: ListCatalog): ListFile {
  const detectionsOf = (technique: TechniqueEntry) => detectionsAt(catalog, technique.detections);
  const { sources } = catalog;
  return makeList<TechniqueEntry>(catalog, {
    list: 'techniques',
    noun: ['technique', 'techniques'],
    rows: catalog.techniques.filter(({ successor }) => successor === undefined),
    nameOf: ({ id, name }) => `${id} ${name}`,
    slugOf: ({ id }) => id.toLowerCase(),
    detectionsOf,
    fields: [
      techniqueItself,
      wordField(
        'coverage',
        'Coverage',
        ({ detections }) => [detections.length > 0 ? 'covered' : 'not covered'],
        {
          facet: 'open',
        },
      ),
      tacticField(({ tactics }) => tactics, 'shown'),
      plainField('platform', 'Platform', ({ platforms }) => platforms, { facet: 'open', column: 'shown' }),
      plainField('kind', 'Kind', ({ parent }) => [parent === undefined ? 'Technique' : 'Sub-technique']),
      plainField('data_source', 'Data source of its detections', (technique) =>
        detectionsOf(technique).flatMap((detection) => sources.namesOf(detection)),
      ),
      plainField('group', 'Threat group', ({ groups }) => namesOf(groups)),
      countField('detections', 'Detections', ({ detections }) => detections.length),
      countField('groups', 'Groups', ({ groups }) => groups.length),
    ],
  });
}

export function cveList(catalog: ListCatalog): ListFile {
  return makeList<CveEntry>(catalog, {
    list: 'cves',
    noun: ['CVE', 'CVEs'],
    rows: catalog.cves,
    nameOf: ({ id }) => id,
    slugOf: ({ id }) => id.toLowerCase(),
    detectionsOf: ({ detections }) => detectionsAt(catalog, detections),
    fields: [
      yearField('year', 'Year', ({ id }) => cveYears([id])),
      plainField('named_by', 'Named by', ({ detections, stories }) => [
        detections.length > 0 ? 'Detections' : undefined,
        stories.length > 0 ? 'Stories' : undefined,
      ]),
      plainField('story', 'Story', ({ detections, stories }) => [
        ...namesOf(stories),
        ...detectionsAt(catalog, detections).flatMap((detection) => namesOf(detection.stories)),
      ]),
      techniqueField(
        ({ detections }) =>
          detectionsAt(catalog, detections).flatMap(({ techniques }) => techniques.map(({ id }) => id)),
        'hidden',
      ),
      countField('detections', 'Detections', ({ detections }) => detections.length),
      countField('stories', 'Stories', ({ stories }) => stories.length),
    ],
  });
}

export function macroList(catalog: ListCatalog): ListFile {
  return makeList<Macro>(catalog, {
    list: 'macros',
    noun: ['macro', 'macros'],
    rows: catalog.macros,
    nameOf: name,
    slugOf: slug,
    fields: [
      {
        kind: 'texts',
        key: 'definition',
        label: 'Definition',
        column: 'shown',
        of: ({ definition }) => shorten(definition, 120),
      },
      wordField('use', 'Use', ({ usedBy }) => used(usedBy.length)),
      plainField('arguments', 'Arguments', (macro) => [String(macro.arguments.length)], {
        order: Array.from({ length: 20 }, (_, count) => String(count)),
      }),
      plainField('macro', 'Built on', ({ macros }) => macros.map(({ name }) => name)),
      plainField('lookup', 'Lookup', ({ lookups }) => namesOf(lookups)),
      countField('used_by', 'Used by', ({ usedBy }) => usedBy.length),
    ],
  });
}

export function lookupList(catalog: ListCatalog): ListFile {
  return makeList<Lookup>(catalog, {
    list: 'lookups',
    noun: ['lookup', 'lookups'],
    rows: catalog.lookups,
    nameOf: name,
    slugOf: slug,
    fields: [
      plainField('kind', 'Kind', ({ lookupType }) => [lookupType], { facet: 'open', column: 'shown' }),
      wordField('use', 'Use', ({ usedBy }) => used(usedBy.length)),
      plainField('field', 'Field', ({ fields, table }) => table?.header ?? fields),
      countField('rows', 'Rows', ({ table }) => table?.totalRows),
      countField('used_by', 'Used by', ({ usedBy }) => usedBy.length),
      excerptField(),
    ],
  });
}
