import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { type SearchClient, searchClient } from './client.ts';
import { OptionList, optionId } from './option-list.tsx';
import { firstChoice, type Option, optionsFor, type Place, testerOf } from './options.ts';
import { recents, remember } from './recent.ts';
import { Status } from './status.tsx';
import { type Asked, useSearch } from './use-search.ts';

let root: Root | undefined;

/** Opens the search over the page, with `text` in it. Does nothing on a page without a search, and where it is open already. */
export function openPalette(text: string): void {
  const client = searchClient();
  if (!client || root) return;
  const place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
  const close = () => {
    root?.unmount();
    root = undefined;
    place.remove();
  };
  root.render(<Palette client={client} given={text} places={placesOfHeader()} onClose={close} />);
}

/** The pages that the header leads to. */
function placesOfHeader(): Place[] {
  return [...document.querySelectorAll<HTMLAnchorElement>('.top nav a')].map((link) => ({
    label: link.textContent ?? '',
    address: withoutBase(link.pathname),
  }));
}

const base = () => document.documentElement.dataset.base ?? '';
const withoutBase = (path: string) => (path.startsWith(base()) ? path.slice(base().length) : path);
const hrefOf = (address: string) => (address.startsWith('/') ? base() + address : address);

interface PaletteProps {
  client: SearchClient;
  /** What was typed already. */
  given: string;
  places: readonly Place[];
  onClose: () => void;
}

function Palette({ client, given, places, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState<Asked>({ text: given, caret: given.length });
  const [chosen, setChosen] = useState<string>();
  const [recent] = useState(recents);
  const state = useSearch(client, asked);
  const { text } = asked;
  const options = useMemo(() => optionsFor(text, state, places, recent), [text, state, places, recent]);
  const active = options.find(({ id }) => id === chosen) ?? (text.trim() ? firstChoice(options) : undefined);

  // Before anything else happens: a key that is pressed now is meant for the box.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const box = dialog.current!;
    box.showModal();
    input.current!.setSelectionRange(given.length, given.length);
    // What is no part of the box is its backdrop.
    box.addEventListener('click', ({ target }) => target === box && box.close());
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [given]);
  useEffect(() => {
    if (active) document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const write = (query: Asked) => {
    setChosen(undefined);
    setAsked(query);
    const box = input.current!;
    box.value = query.text;
    box.focus();
    box.setSelectionRange(query.caret, query.caret);
  };
  /** Keeps what was chosen for the next time; true when the page is left for it. */
  const take = (option: Option) => {
    if (option.query) {
      write(option.query);
      return false;
    }
    if (text.trim()) remember({ label: text.trim() });
    if (option.result) remember({ label: option.label, address: option.address! });
    return true;
  };
  const go = (option: Option, address: string | undefined, newTab: boolean) => {
    if (!take(option) || address === undefined) return;
    if (newTab) open(hrefOf(address), '_blank', 'noopener');
    else {
      onClose();
      location.href = hrefOf(address);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const at = active ? options.indexOf(active) : -1;
    const moves: Record<string, number> = {
      ArrowDown: at + 1 < options.length ? at + 1 : 0,
      ArrowUp: at > 0 ? at - 1 : options.length - 1,
      PageDown: Math.min(at + 5, options.length - 1),
      PageUp: Math.max(at - 5, 0),
    };
    const completion = options.find(({ query }) => query);
    if (event.key in moves) setChosen(options[moves[event.key]!]?.id);
    else if (event.key === 'Tab' && !event.shiftKey && text.trim() && completion?.query)
      write(completion.query);
    else if (event.key === 'Enter' && active) {
      const tester = event.shiftKey && active.result ? testerOf(active.result) : undefined;
      go(active, tester ?? active.address, event.ctrlKey || event.metaKey);
    } else return;
    event.preventDefault();
  };

  return (
    <dialog ref={dialog} className="palette" aria-label="Search" onClose={onClose}>
      <div className="palette-box">
        <div className="palette-top">
          <input
            ref={input}
            type="text"
            role="combobox"
            aria-label="Search everything"
            aria-expanded={options.length > 0}
            aria-controls="palette-options"
            aria-autocomplete="list"
            aria-activedescendant={active && optionId(active)}
            aria-describedby="palette-keys"
            placeholder="Name, technique, CVE, event code, field, process…"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            autoFocus
            defaultValue={given}
            onInput={({ currentTarget: { value, selectionStart } }) => {
              setChosen(undefined);
              setAsked({ text: value, caret: selectionStart ?? value.length });
            }}
            onKeyDown={onKeyDown}
          />
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        <Status state={state} text={text} onRetry={() => setAsked({ ...asked })} />
        <OptionList
          options={options}
          active={active}
          hrefOf={hrefOf}
          onPoint={({ id }) => setChosen(id)}
          onTake={take}
          onLeave={onClose}
        />
        <p className="palette-keys" id="palette-keys">
          <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> open · <kbd>Shift</kbd> <kbd>Enter</kbd> run a
          detection on your log · <kbd>Tab</kbd> complete · <kbd>Esc</kbd> close
        </p>
      </div>
    </dialog>
  );
}
