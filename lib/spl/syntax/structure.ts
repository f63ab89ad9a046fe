/**
 * What two trees must share to mean the same: everything except places in the text, the spelling of a template between
 * brackets (its query is compared), and the default name of a column that has an alias.
 */
export function structure(node: unknown, options: { parens?: boolean } = {}): unknown {
  if (Array.isArray(node)) return node.map((item) => structure(item, options));
  if (typeof node !== 'object' || node === null) return node;
  const { kind, alias } = node as { kind?: string; alias?: unknown };
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'range' || key === 'nameRange' || value === undefined) continue;
    if (key === 'parens' && options.parens === false) continue;
    if (key === 'text' && kind === 'subsearch') continue;
    if (key === 'label' && alias !== undefined) continue;
    out[key] = structure(value, options);
  }
  return out;
}
