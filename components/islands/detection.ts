/** On pages with code: copy, the form of the search, "Open in Splunk", and the place in the table of contents. */
import { copyButton } from './copy.ts';
import { openInSplunk } from './open-in-splunk.ts';
import { tryIt } from './try-it.ts';

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  copyButton(button, () => button.parentElement?.querySelector('pre')?.textContent ?? '');
}
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy-form]')) {
  copyButton(button, () => formText(button));
}
for (const element of document.querySelectorAll<HTMLElement>('[data-copyable]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', `Copy ${element.textContent}`);
  element.after(' ', button);
  copyButton(button, () => element.textContent ?? '');
}
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-open-in-splunk]')) {
  openInSplunk(button, () => formText(button, 'raw') || formText(button, 'formatted'));
}

const tester = document.querySelector<HTMLElement>('[data-tester]');
if (tester) tryIt(tester);

/** The text of one form of the search: the chosen one unless named. Stages are list items, so they are joined. */
function formText(inside: Element, form?: string): string {
  const box = inside.closest('.spl');
  const key = form ?? box?.querySelector<HTMLInputElement>('input:checked')?.value;
  const shown = box?.querySelector(key ? `[data-form="${key}"]` : '[data-form]');
  if (!shown) return '';
  const stages = [...shown.querySelectorAll('li')];
  return stages.length > 0 ? stages.map((stage) => stage.textContent).join('\n') : (shown.textContent ?? '');
}

const links = new Map<string, HTMLAnchorElement>();
for (const link of document.querySelectorAll<HTMLAnchorElement>('.contents a'))
  links.set(link.hash.slice(1), link);
if (links.size > 0) {
  const seen = new Set<string>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target.id);
        else seen.delete(target.id);
      }
      const first = [...links.keys()].find((id) => seen.has(id));
      for (const [id, link] of links) {
        if (id === first) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '-64px 0px -55% 0px' },
  );
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) observer.observe(section);
  }
}
