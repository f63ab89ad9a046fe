/** Runs before the first paint, so that a chosen theme never flashes the other one. */
try {
  const theme = localStorage.getItem('sightline:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be refused (a file opened from disk, a hardened browser): the system's theme applies.
}
