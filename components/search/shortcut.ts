/** Opens the search over any page: its link in the header, Ctrl-K or Cmd-K, or `/`. It is loaded when first wanted. */
const link = document.querySelector<HTMLAnchorElement>('[data-search-worker]');
const load = () => import('./palette.tsx');

async function open(): Promise<void> {
  try {
    const { openPalette } = await load();
    openPalette();
  } catch {
    // Without the search, its link still leads to the list of all detections.
    if (link) link.textContent = 'Search could not be loaded';
  }
}

function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

if (link) {
  link.setAttribute('aria-haspopup', 'dialog');
  link.setAttribute('aria-keyshortcuts', 'Control+K Meta+K /');
  link.querySelector('kbd')?.removeAttribute('hidden');
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void open();
  });
  // A pointer on the link is there a moment before the click.
  link.addEventListener('pointerenter', () => void load().catch(() => undefined), { once: true });
  addEventListener('keydown', (event) => {
    const called =
      event.key.toLowerCase() === 'k'
        ? (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
        : event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isEditable(event.target);
    if (!called || event.defaultPrevented) return;
    event.preventDefault();
    void open();
  });
}
