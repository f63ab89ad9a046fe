import { splunkSearchUrl } from '../code/splunk-url.ts';

const KEY = 'sightline:splunk-base-url';

/** Opens the search in the reader's own Splunk. Its address is asked for once and kept in this browser only. */
export function openInSplunk(button: HTMLButtonElement, search: () => string): void {
  button.hidden = false;
  button.addEventListener('click', (event) => {
    const base = localStorage.getItem(KEY);
    if (base && !event.shiftKey) open(base);
    else ask(base ?? '', open);
  });
  button.title = 'Shift-click to change the address of your Splunk';

  function open(base: string): void {
    const { earliest, latest } = button.dataset;
    window.open(splunkSearchUrl(base, search(), earliest, latest), '_blank', 'noopener');
  }
}

function ask(current: string, then: (base: string) => void): void {
  const dialog = document.createElement('dialog');
  dialog.innerHTML =
    '<form method="dialog"><label>Address of your Splunk<input type="url" required placeholder="https://splunk.example.com:8000"></label>' +
    '<p class="remark">Kept in this browser. Shift-click the button to change it.</p>' +
    '<menu><button type="submit" value="cancel" formnovalidate>Cancel</button><button type="submit" class="go" value="open">Open</button></menu></form>';
  const input = dialog.querySelector('input')!;
  input.value = current;
  dialog.addEventListener('close', () => {
    const base = input.value.trim();
    const chosen = dialog.returnValue === 'open' && /^https?:\/\//i.test(base);
    dialog.remove();
    if (!chosen) return;
    localStorage.setItem(KEY, base);
    then(base);
  });
  document.body.append(dialog);
  dialog.showModal();
}
