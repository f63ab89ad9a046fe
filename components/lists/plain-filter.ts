/** Filters a list that is complete without it: every word must occur somewhere in the row. */
export function filterPlainly(): void {
  const box = document.querySelector<HTMLElement>('[data-filter]');
  const input = box?.querySelector('input');
  const output = box?.querySelector('output');
  if (!box || !input) return;
  const rows = [...document.querySelectorAll<HTMLTableRowElement>('main tbody tr')];
  const texts = rows.map((row) => (row.textContent ?? '').toLowerCase());

  const filter = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => texts[index]!.includes(word));
      if (!row.hidden) shown += 1;
    });
    for (const section of document.querySelectorAll<HTMLElement>('main section')) {
      section.hidden = section.querySelector('tbody tr:not([hidden])') === null;
    }
    if (output)
      output.textContent =
        words.length > 0 ? `${shown.toLocaleString('en')} of ${rows.length.toLocaleString('en')}` : '';
    const url = new URL(location.href);
    if (words.length > 0) url.searchParams.set('q', input.value);
    else url.searchParams.delete('q');
    history.replaceState(null, '', url);
  };

  box.hidden = false;
  input.value = new URL(location.href).searchParams.get('q') ?? '';
  input.addEventListener('input', filter);
  if (input.value) filter();
}
