import type { Detection } from '../../content/model.ts';

/**
 * Detections that a pattern means: part of the name, slug or path, or a whole ID; letter case ignored, `*` stands for
 * anything. Without patterns all.
 */
export function select(detections: readonly Detection[], patterns: readonly string[]): Detection[] {
  const tests = patterns.map(matcher);
  return detections.filter(
    ({ name, slug, id = '', source }) =>
      tests.length === 0 || tests.some((test) => test(name) || test(slug) || test(id) || test(source.path)),
  );
}

function matcher(pattern: string): (text: string) => boolean {
  const wanted = pattern.replaceAll('\\', '/').replace(/^\.\//, '').toLowerCase();
  const escaped = wanted.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(escaped.join('.*'), 's');
  return (text) => {
    const lower = text.toLowerCase();
    // A path from the shell begins above the content folder.
    return expression.test(lower) || (lower.endsWith('.yml') && wanted.endsWith(`/${lower}`));
  };
}
