/** Commands that give no row where none comes in, never fail over none, and read nothing that gives rows of its own. */
export const NOTHING_FROM_NOTHING: ReadonlySet<string> = new Set([
  ...['bin', 'bucket', 'convert', 'dedup', 'eval', 'eventstats', 'fields', 'fillnull', 'head', 'makemv'],
  ...['mvexpand', 'nomv', 'regex', 'rename', 'reverse', 'rex', 'search', 'sort', 'spath', 'strcat'],
  ...['streamstats', 'table', 'tail', 'where'],
]);
