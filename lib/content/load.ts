/** One content file → what it holds. Nothing here looks at another file, so the result is kept until the file changes. */
import type { Pipeline } from '../sigma/convert/pipelines/pipeline.ts';
import { readPipeline } from '../sigma/convert/pipelines/read-pipeline.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { parseYaml } from '../text/yaml.ts';
import type { Mapping } from '../text/yaml-node.ts';
import type { ContentObject, Kind } from './model.ts';
import { readBaseline } from './normalise/baseline.ts';
import { readDashboard } from './normalise/dashboard.ts';
import { readDataSource } from './normalise/data-source.ts';
import { readDeployment } from './normalise/deployment.ts';
import { readDetection } from './normalise/detection.ts';
import { readEnrichment } from './normalise/enrichment.ts';
import { Fields } from './normalise/fields.ts';
import { readInvestigation } from './normalise/investigation.ts';
import { readLoggingPolicy } from './normalise/logging-policy.ts';
import { readLookup } from './normalise/lookup.ts';
import { readMacro } from './normalise/macro.ts';
import { readMitigation } from './normalise/mitigation.ts';
import { readPlaybook } from './normalise/playbook.ts';
import { type Recognised, recognise } from './normalise/recognise.ts';
import { readResponseAction } from './normalise/response-action.ts';
import {
  type AttachedTests,
  type MappedDeprecation,
  type PinnedAddress,
  readAddresses,
  readDeprecations,
  readTestFile,
} from './normalise/side-files.ts';
import { readStory } from './normalise/story.ts';
import { readTrigger } from './normalise/trigger.ts';
import { readCustomer, readUseCase } from './normalise/use-case.ts';
import type { FoundFile } from './read/files.ts';
import type { SourceFile } from './read/source-file.ts';
import { readText } from './read/text.ts';
import { validate } from './schema/validate.ts';

export interface LoadedFile {
  file?: SourceFile;
  mapping?: Mapping;
  object?: ContentObject;
  attached?: AttachedTests[];
  deprecations?: MappedDeprecation[];
  pins?: PinnedAddress[];
  pipeline?: Pipeline;
  diagnostics: Diagnostic[];
}

const readers: Record<Exclude<Kind, 'detection'>, (fields: Fields) => ContentObject> = {
  story: readStory,
  macro: readMacro,
  lookup: readLookup,
  data_source: readDataSource,
  baseline: readBaseline,
  investigation: readInvestigation,
  playbook: readPlaybook,
  deployment: readDeployment,
  dashboard: readDashboard,
  logging_policy: readLoggingPolicy,
  trigger: readTrigger,
  enrichment: readEnrichment,
  response_action: readResponseAction,
  mitigation: readMitigation,
  use_case: readUseCase,
  customer: readCustomer,
};

export function loadFile(found: FoundFile): LoadedFile {
  const { file, diagnostics } = readText(found);
  if (!file) return { diagnostics };
  const yaml = parseYaml(file);
  diagnostics.push(...yaml.diagnostics);
  if (yaml.documents.length === 0) {
    if (yaml.diagnostics.length === 0) diagnostics.push(empty(file));
    return { diagnostics };
  }
  // Sigma's collections keep their rule in one of several documents, with shared parts in the first.
  const [first] = yaml.documents;
  const mapping = yaml.documents.find(
    (document) => document.kind === 'mapping' && document.entries.has('title'),
  );
  const document = mapping ?? first!;
  if (document.kind !== 'mapping') {
    const nothing = document.kind === 'scalar' && document.text.trim() === '';
    const message = 'A content file is a mapping of keys to values; this is something else.';
    diagnostics.push(nothing ? empty(file) : file.problem('not-a-mapping', message, document));
    return { diagnostics };
  }
  const recognised = recognise(file.path, document);
  if (!recognised) {
    // Read by who runs searches, not as content with pages.
    if (file.path.startsWith('data_models/')) return { diagnostics };
    if (file.path.startsWith('pipelines/')) return pipelineOf(file);
    const message =
      'This YAML file is none of the kinds of content, by its folder or its keys; it was skipped.';
    diagnostics.push(file.problem('file-unrecognised', message));
    return { diagnostics };
  }
  if (yaml.documents.length > 1 && !('shape' in recognised && recognised.shape === 'sigma')) {
    const message =
      'This file holds several YAML documents; the first one counts. Move the others to files of their own.';
    diagnostics.push(file.problem('yaml-several-documents', message, yaml.documents[1]));
  }
  return { file, mapping: document, ...readRecognised(recognised, file, document, diagnostics), diagnostics };
}

function pipelineOf(file: SourceFile): LoadedFile {
  const { pipeline, diagnostics } = readPipeline(file.text, file.path);
  return {
    ...(pipeline === undefined ? {} : { pipeline }),
    diagnostics: diagnostics.map((one) => ({ ...one, root: file.root })),
  };
}

function readRecognised(
  recognised: Recognised,
  file: SourceFile,
  mapping: Mapping,
  diagnostics: Diagnostic[],
): Partial<LoadedFile> {
  const fields = new Fields(mapping, file);
  switch (recognised.kind) {
    case 'tests':
      return { attached: readTestFile(fields) };
    case 'deprecations':
      return { deprecations: readDeprecations(fields) };
    case 'addresses':
      return { pins: readAddresses(fields) };
  }
  const object =
    recognised.kind === 'detection'
      ? readDetection(recognised.shape, fields)
      : readers[recognised.kind](fields);
  if (!object.name) {
    const key = 'shape' in recognised && recognised.shape === 'sigma' ? 'title' : 'name';
    const message = `This ${recognised.kind.replaceAll('_', ' ')} has no \`${key}\`, so it cannot have a page; add one.`;
    diagnostics.push(file.problem('name-missing', message, { start: mapping.start, end: mapping.start }));
    return {};
  }
  diagnostics.push(...validate(recognised, mapping, file));
  return { object };
}

function empty(file: SourceFile): Diagnostic {
  return file.problem('file-empty', 'This file is empty; write the content or delete the file.');
}
