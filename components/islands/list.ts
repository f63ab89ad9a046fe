/**
 * On lists: filters, sorting and what else one does with a list take the place of the plain table once they are
 * loaded. Where they cannot be loaded, the table stays, with a filter by words and a way to try again.
 */

import { messageOf } from '../../lib/text/message-of.ts';
import { filterPlainly } from '../lists/plain-filter.ts';

const place = document.querySelector<HTMLElement>('[data-list-app]');
const plain = document.querySelector<HTMLElement>('[data-list-plain]');

if (place && plain) void open(place, plain);
else filterPlainly();

async function open(place: HTMLElement, plain: HTMLElement): Promise<void> {
  // An address that asks for some rows should not show all of them first.
  if (location.search.length > 1) {
    plain.hidden = true;
    place.textContent = 'Loading the list…';
  }
  try {
    const { mountList } = await import('../lists/app/mount.tsx');
    await mountList(place);
    plain.remove();
  } catch (error) {
    place.replaceChildren(failure(error, () => void open(place, plain)));
    plain.hidden = false;
    filterPlainly();
  }
}

function failure(error: unknown, again: () => void): HTMLElement {
  const notice = document.createElement('div');
  notice.className = 'notice';
  notice.setAttribute('role', 'alert');
  const reason = messageOf(error);
  const text = document.createElement('p');
  text.textContent = `The filters could not be loaded, so this is the plain list. ${reason}`;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Try again';
  button.addEventListener('click', again);
  notice.append(text, button);
  return notice;
}
