/** Opens the search over any page: its links, Ctrl-K or Cmd-K, or `/`. It is loaded when first wanted. */
const link = document.querySelector<HTMLAnchorElement>('[data-search-worker]');
const links = document.querySelectorAll<HTMLAnchorElement>('[data-search-worker], [data-search-open]');
const load = () => import('./palette.tsx');
/** The index comes while the box that asks it is loaded. */
const startSearch = async () => (await import('./client.ts')).searchClient()?.start();
/** What was typed since the search was called and before it was there; undefined while it is not on its way. */
let typed: string | undefined;

/** Whoever is at the link is about to search: a pointer is there a moment before its click, the focus before Enter. */
function prepare(): void {
  load().catch(() => undefined);
  startSearch().catch(() => undefined);
}

async function open(): Promise<void> {
  typed ??= '';
  // What fails is told by the first query.
  startSearch().catch(() => undefined);
  try {
    const { openPalette } = await load();
    // Escape takes the call back.
    if (typed !== undefined) openPalette(typed);
  } catch {
    // Without the search, its link still leads to the list of all detections.
    if (link) link.textContent = 'Search could not be loaded';
  } finally {
    typed = undefined;
  }
}

/** Whoever knows the key types on at once: the first letters come before the box that they are meant for. */
function typeAhead(event: KeyboardEvent, before: string): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') typed = undefined;
  else if (event.key === 'Backspace') typed = before.slice(0, -1);
  else if (event.key.length === 1) typed = before + event.key;
  else return;
  event.preventDefault();
}

function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

if (link) {
  for (const each of links) {
    each.setAttribute('aria-haspopup', 'dialog');
    each.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void open();
    });
    each.addEventListener('pointerenter', prepare, { once: true });
    each.addEventListener('focus', prepare, { once: true });
  }
  link.setAttribute('aria-keyshortcuts', 'Control+K Meta+K /');
  link.querySelector('kbd')?.removeAttribute('hidden');
  addEventListener('keydown', (event) => {
    if (typed !== undefined) {
      typeAhead(event, typed);
      return;
    }
    const called =
      event.key.toLowerCase() === 'k'
        ? (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
        : event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isEditable(event.target);
    if (!called || event.defaultPrevented) return;
    event.preventDefault();
    void open();
  });
}
