/** A rule → the text of one backend, or why it has none. */
import { ownEntry } from '../../collections.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { SigmaDocument, SigmaRule } from '../rule/model.ts';
import { type ResolveOptions, resolveRule } from '../rule/resolve.ts';
import { BACKENDS } from './backends.ts';
import { ConvertError } from './error.ts';
import { PIPELINES } from './pipelines/index.ts';
import { applyPipeline, type Pipeline } from './pipelines/pipeline.ts';

export interface ConvertOptions extends ResolveOptions {
  backend: string;
  /** Default: the backend's first. */
  format?: string;
  /** Default: the backend's first. */
  pipeline?: string;
  /** Beside the ones that come with it; one of the same name takes its place. */
  pipelines?: readonly Pipeline[];
}

export interface Conversion {
  backend: string;
  format: string;
  pipeline: string;
  output?: string;
  error?: Diagnostic;
}

/** Never throws: exactly one of `output` and `error` is there. */
export function convert(document: SigmaDocument, options: ConvertOptions): Conversion {
  const backend = ownEntry(BACKENDS, options.backend);
  const format = options.format ?? Object.keys(backend?.formats ?? { default: 0 })[0]!;
  const pipelineName = options.pipeline ?? backend?.pipelines[0] ?? 'none';
  const labels = { backend: options.backend, format, pipeline: pipelineName };
  try {
    return { ...labels, output: output(document, options, format, pipelineName) };
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
    return { ...labels, error: error.diagnostic(document.path) };
  }
}

function output(
  document: SigmaDocument,
  options: ConvertOptions,
  format: string,
  pipelineName: string,
): string {
  const backend = ownEntry(BACKENDS, options.backend);
  if (backend === undefined) {
    const message = `There is no backend \`${options.backend}\`; there are ${Object.keys(BACKENDS).join(', ')}.`;
    throw new ConvertError('convert-backend', message);
  }
  const print = ownEntry(backend.formats, format);
  if (print === undefined) {
    const message = `${backend.title} has no format \`${format}\`; it has ${Object.keys(backend.formats).join(', ')}.`;
    throw new ConvertError('convert-backend', message);
  }
  const rule = ruleOf(document);
  const pipeline = [...(options.pipelines ?? []), ...PIPELINES].find(({ name }) => name === pipelineName);
  if (pipeline === undefined || (pipeline.backends && !pipeline.backends.includes(options.backend))) {
    const message = `${backend.title} has no pipeline \`${pipelineName}\`; it has ${backend.pipelines.join(', ')}.`;
    throw new ConvertError('convert-backend', message);
  }
  const resolved = resolveRule(rule, options);
  if (resolved.expression === undefined) {
    throw new ConvertError('convert-value', resolved.diagnostic.message, resolved.diagnostic.range);
  }
  const mapped = applyPipeline(resolved.expression, rule.logsource, pipeline);
  return print({ rule, ...mapped });
}

function ruleOf(document: SigmaDocument): SigmaRule {
  if (document.kind !== 'rule') {
    const what =
      document.kind === 'filter'
        ? 'A filter is converted with the rules it names.'
        : 'A correlation has no form here yet; convert the rules it is made of.';
    throw new ConvertError('convert-correlation', what, document.range);
  }
  const aggregation = document.detection.conditions.find((line) => line.aggregation)?.aggregation;
  if (aggregation === undefined) return document;
  if (aggregation.kind === 'near') {
    const near =
      '`near` has no meaning that was ever defined; write a correlation rule of the type `temporal`, or `temporal_ordered` where the order counts.';
    throw new ConvertError('convert-near', near, aggregation.range);
  }
  const message = 'Aggregations behind `|` are converted by the old backends only; write a correlation rule.';
  throw new ConvertError('convert-aggregation', message, aggregation.range);
}
