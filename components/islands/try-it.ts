import { FRAGMENT } from '../tester/fragment.ts';

/** Opens the tester under a rule when somebody wants it, and not a byte of it before. */
export function tryIt(bar: HTMLElement): void {
  const buttons = [...bar.querySelectorAll<HTMLButtonElement>('[data-try]')];
  const said = bar.querySelector('[data-said]');
  const place = bar.parentElement?.querySelector<HTMLElement>('[data-tester-place]');
  if (!place) return;
  const open = async (own: boolean) => {
    for (const button of buttons) button.disabled = true;
    if (said) said.textContent = 'Loading the tester…';
    try {
      const [{ mountTester }, response] = await Promise.all([
        import('../tester/mount.tsx'),
        fetch(place.dataset.case ?? ''),
      ]);
      await mountTester(place, response, { own });
      bar.hidden = true;
    } catch (error) {
      if (said)
        said.textContent = `The tester could not be opened: ${error instanceof Error ? error.message : error}`;
      for (const button of buttons) button.disabled = false;
    }
  };
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener('click', () => void open(button.dataset.try === 'own'));
  }
  const byLink = () => {
    if (!FRAGMENT.test(location.hash)) return;
    bar.scrollIntoView();
    void open(false);
  };
  addEventListener('hashchange', byLink);
  byLink();
}
