/** On every page: what opens the search, and the colour theme, remembered on this machine only. */
import '../search/shortcut.ts';

const KEY = 'sightline:theme';
const root = document.documentElement;
const button = document.querySelector<HTMLButtonElement>('[data-theme-toggle]');

const ORDER = ['system', 'light', 'dark'] as const;
type Theme = (typeof ORDER)[number];

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return ORDER.find((theme) => theme === value) ?? 'system';
}

function apply(theme: Theme): void {
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  if (button) {
    button.textContent = { system: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' }[theme];
    button.hidden = false;
  }
}

button?.addEventListener('click', () => {
  const next = ORDER[(ORDER.indexOf(stored()) + 1) % ORDER.length]!;
  if (next === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, next);
  apply(next);
});
apply(stored());
