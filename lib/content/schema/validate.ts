import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Recognised } from '../normalise/recognise.ts';
import type { Mapping } from '../read/node.ts';
import type { SourceFile } from '../read/source-file.ts';

export function validate(_recognised: Recognised, _mapping: Mapping, _file: SourceFile): Diagnostic[] {
  return [];
}
