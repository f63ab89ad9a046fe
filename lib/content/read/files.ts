/** The files of a content folder. */
import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { fileProblem } from './source-file.ts';

export interface FoundFile {
  /** Index of the content folder. */
  root: number;
  /** Inside the content folder, `/`-separated. */
  path: string;
  absolute: string;
  size: number;
  mtimeMs: number;
}

export interface Found {
  files: FoundFile[];
  diagnostics: Diagnostic[];
}

const skippedFolders = new Set(['node_modules', '__MACOSX']);
const wanted = /\.(ya?ml|csv|mlmodel)$/i;

/**
 * All YAML, CSV and model files below `folder`, sorted by path. Hidden folders, `node_modules` and `__MACOSX` are left
 * out. A symbolic link is followed while it stays inside the folder: a content repository is often someone else's,
 * and a link out of it could put any file of this machine on a public page.
 */
export function findFiles(root: number, folder: string): Found {
  const diagnostics: Diagnostic[] = [];
  const files: FoundFile[] = [];
  let base: string;
  let start: Stats;
  try {
    base = realpathSync(folder);
    start = statSync(base);
  } catch {
    const message = `There is no content folder ${folder}; check the path.`;
    return { files, diagnostics: [fileProblem(root, '', 'content-folder-missing', message)] };
  }
  if (start.isFile()) {
    const path = basename(base);
    return {
      files: [{ root, path, absolute: base, size: start.size, mtimeMs: start.mtimeMs }],
      diagnostics,
    };
  }

  const seen = new Set([base]);
  const visit = (absolute: string, prefix: string) => {
    let entries: Dirent[];
    try {
      entries = readdirSync(absolute, { withFileTypes: true });
    } catch (error) {
      diagnostics.push(
        fileProblem(root, prefix, 'file-unreadable', `Cannot list this folder: ${reason(error)}.`),
      );
      return;
    }
    for (const entry of entries) {
      const path = prefix ? `${prefix}/${entry.name}` : entry.name;
      let target = join(absolute, entry.name);
      let isFolder = entry.isDirectory();
      let isFile = entry.isFile();
      if (isFolder && skip(entry.name)) continue;
      if (isFile && !wanted.test(entry.name)) continue;
      let stats: Stats | undefined;
      if (entry.isSymbolicLink()) {
        try {
          target = realpathSync(target);
          stats = statSync(target);
        } catch (error) {
          diagnostics.push(
            fileProblem(root, path, 'file-unreadable', `Cannot follow this link: ${reason(error)}.`),
          );
          continue;
        }
        isFolder = stats.isDirectory();
        isFile = stats.isFile();
        if (isFolder ? skip(entry.name) : !wanted.test(entry.name)) continue;
        if (!inside(base, target)) {
          const message =
            'This link leads out of the content folder and was not followed; copy the file instead.';
          diagnostics.push(fileProblem(root, path, 'symlink-outside', message));
          continue;
        }
      }
      if (isFolder) {
        // A link to a folder above itself would be walked for ever.
        if (stats) {
          if (seen.has(target)) continue;
          seen.add(target);
        }
        visit(target, path);
      } else if (isFile) {
        try {
          stats ??= statSync(target);
          files.push({ root, path, absolute: target, size: stats.size, mtimeMs: stats.mtimeMs });
        } catch (error) {
          diagnostics.push(
            fileProblem(root, path, 'file-unreadable', `Cannot read this file: ${reason(error)}.`),
          );
        }
      }
    }
  };
  visit(base, '');
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { files, diagnostics };
}

function skip(name: string): boolean {
  return name.startsWith('.') || skippedFolders.has(name);
}

function inside(base: string, target: string): boolean {
  const path = relative(base, target);
  return !(path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path));
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
