import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Where each content folder lies inside its git repository, `/`-separated and `''` for the repository itself, so that
 * a page can link to its file. The first folder's repository is the one that `repository` names; a folder of another
 * one, or of none, gives null.
 */
export function contentPaths(folders: string[]): (string | null)[] {
  const repositories = folders.map(repositoryOf);
  const main = repositories[0];
  return folders.map((folder, index) =>
    main !== undefined && repositories[index] === main ? relative(main, folder).replaceAll('\\', '/') : null,
  );
}

function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}
