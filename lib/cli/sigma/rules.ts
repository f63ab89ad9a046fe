import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readSigma, type SigmaFile } from '../../sigma/index.ts';
import { SettingsError } from '../settings.ts';

export interface RuleFile extends SigmaFile {
  /** As given, or below the folder as given. */
  path: string;
  /** Of the file. */
  text: string;
}

/** Files as named and every `.yml` and `.yaml` below folders, in order; read one after the other. */
export function* ruleFiles(paths: readonly string[]): Generator<RuleFile> {
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) throw new SettingsError(`The rule ${missing} does not exist.`);
  for (const path of paths) {
    if (!statSync(path).isDirectory()) yield ruleFile(path);
    else {
      const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
      for (const name of names.filter((one) => /\.ya?ml$/.test(one)).sort()) yield ruleFile(join(path, name));
    }
  }
}

function ruleFile(path: string): RuleFile {
  const text = readFileSync(path, 'utf8');
  return { path, text, ...readSigma(text, { path }) };
}

/** `--events a b c`: a name after an option's first value belongs to it too. */
export function spread(args: readonly string[], option: string): string[] {
  const out: string[] = [];
  let inside = false;
  for (const [at, arg] of args.entries()) {
    if (arg.startsWith('--')) {
      inside = arg === option;
      out.push(arg);
    } else if (inside && args[at - 1] !== option) out.push(option, arg);
    else out.push(arg);
  }
  return out;
}
