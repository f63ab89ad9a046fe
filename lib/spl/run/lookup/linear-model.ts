import type { LinearModel } from '../context.ts';
import { csvRecords } from './csv.ts';

/**
 * A model file of Splunk's machine learning toolkit (`__mlspl_<name>.mlmodel`): CSV with the columns `algo`, `model` and
 * `options`, JSON in the last two, arrays as base64 of NumPy's `.npy`. Only linear regressions can be read; undefined
 * for anything else.
 */
export function readLinearModel(text: string): LinearModel | undefined {
  const [header, record] = csvRecords(text);
  const at = (name: string): string => record?.[header?.indexOf(name) ?? -1] ?? '';
  if (at('algo') !== 'LinearRegression') return undefined;
  const model = parseObject(at('model'));
  const options = parseObject(at('options'));
  const dict = object(model?.dict);
  const estimator = object(object(dict?.estimator)?.dict);
  const columns = dict?.columns;
  const intercept = estimator?.intercept_;
  const encoded = object(estimator?.coef_)?.npy;
  if (!Array.isArray(columns) || typeof intercept !== 'number' || typeof encoded !== 'string')
    return undefined;
  const weights = doublesOfNpy(encoded);
  if (weights === undefined || weights.length !== columns.length) return undefined;
  const target = options?.target_variable;
  return {
    intercept,
    coefficients: columns.map((field, i) => [String(field), weights[i]!] as const),
    target: Array.isArray(target) ? String(target[0]) : 'target',
  };
}

function object(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return object(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Little-endian float64 array of one dimension: magic, version, header length, header, data. */
function doublesOfNpy(base64: string): Float64Array | undefined {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (bytes.length < 10 || bytes[0] !== 0x93) return undefined;
  const view = new DataView(bytes.buffer);
  const start = 10 + view.getUint16(8, true);
  const header = new TextDecoder().decode(bytes.subarray(10, start));
  if (!header.includes("'<f8'")) return undefined;
  const values = new Float64Array(Math.floor((bytes.length - start) / 8));
  for (let i = 0; i < values.length; i += 1) values[i] = view.getFloat64(start + i * 8, true);
  return values;
}
