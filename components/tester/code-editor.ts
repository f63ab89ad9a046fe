import { autocompletion, type CompletionContext, closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { Diagnostic as Mark } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { CompletionList } from '../../lib/tester/session/assist.ts';
import type { Diagnostic } from '../../lib/text/diagnostic.ts';
import { sigmaTokens, splTokens } from './rule-tokens.ts';
import type { Language } from './use-tester.ts';

export interface EditorOptions {
  text: string;
  language: Language;
  /** Said to a screen reader. */
  label: string;
  onChange(text: string): void;
  complete(text: string, offset: number): Promise<CompletionList>;
}

/** An editor in a page. */
export interface CodeEditor {
  /** Puts another text in, unless it is there; the cursor stays where it can. */
  replace(text: string): void;
  speak(language: Language): void;
  mark(diagnostics: readonly Diagnostic[]): Promise<void>;
  goTo(offset: number): void;
  close(): void;
}

const STYLE = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--k-command)', fontWeight: '500' },
  { tag: tags.function(tags.name), color: 'var(--k-function)' },
  { tag: tags.string, color: 'var(--k-string)' },
  { tag: tags.propertyName, color: 'var(--k-field)' },
  { tag: tags.macroName, color: 'var(--k-macro)' },
  { tag: tags.comment, color: 'var(--ink-3)' },
  { tag: tags.operatorKeyword, color: 'var(--k-function)' },
]);

const THEME = EditorView.theme({
  '&': { font: '400 0.8125rem/1.6 var(--mono)', color: 'var(--ink)', backgroundColor: 'var(--raised)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-content': { fontFamily: 'var(--mono)', caretColor: 'var(--ink)', padding: '0.6rem 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--ink-3)', border: 'none' },
  '.cm-scroller': { maxHeight: '28rem', fontFamily: 'var(--mono)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft)',
  },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--ink)', border: '1px solid var(--line-2)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '0.8125rem' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
  },
  '.cm-diagnostic': { fontFamily: 'var(--text)' },
});

/**
 * Opens an editor in an element. It lives in a shadow root, where its styles are style sheet objects: in the page they
 * would be inline styles, which the content security policy forbids.
 */
export function openEditor(holder: HTMLElement, options: EditorOptions): CodeEditor {
  const root = holder.shadowRoot ?? holder.attachShadow({ mode: 'open' });
  const language = new Compartment();
  let replacing = false;
  let closed = false;
  let marking = false;
  let latest: readonly Diagnostic[] = [];
  const complete = async (context: CompletionContext) => {
    const word = context.matchBefore(/[\w.`|{}-]+/);
    if (word === null && !context.explicit) return null;
    const { from, completions } = await options.complete(context.state.doc.toString(), context.pos);
    if (completions.length === 0) return null;
    return {
      from,
      validFor: /^[\w.{}-]*$/,
      options: completions.map(({ label, kind, insert }) => ({
        label,
        type: kind,
        detail: kind,
        ...(insert === undefined ? {} : { apply: insert }),
      })),
    };
  };
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [complete] }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': options.label, spellcheck: 'false' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !replacing) options.onChange(update.state.doc.toString());
        }),
        language.of(tokensOf(options.language)),
        syntaxHighlighting(STYLE),
        THEME,
        // Escape, then Tab, leaves the editor: `indentWithTab` would keep a keyboard inside it.
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
      ],
    }),
  });
  return {
    replace(text) {
      const { doc, selection } = view.state;
      if (doc.toString() === text) return;
      replacing = true;
      view.dispatch({
        changes: { from: 0, to: doc.length, insert: text },
        selection: { anchor: Math.min(selection.main.anchor, text.length) },
      });
      replacing = false;
    },
    speak(next) {
      view.dispatch({ effects: language.reconfigure(tokensOf(next)) });
    },
    async mark(diagnostics) {
      latest = diagnostics;
      // What marks faults comes with the first one. They are listed under the editor too, should it not come.
      if (!marking && diagnostics.every(({ range }) => range === undefined)) return;
      const lint = await import('@codemirror/lint').catch(() => undefined);
      if (lint === undefined || latest !== diagnostics || closed) return;
      marking = true;
      const end = view.state.doc.length;
      const marks = diagnostics.flatMap(({ range, severity, message, code }): Mark[] => {
        if (range === undefined) return [];
        const from = Math.min(range.start, end);
        return [
          { from, to: Math.min(Math.max(range.end, from), end), severity, message: `${message} (${code})` },
        ];
      });
      view.dispatch(lint.setDiagnostics(view.state, marks));
    },
    goTo(offset) {
      view.dispatch({ selection: { anchor: Math.min(offset, view.state.doc.length) }, scrollIntoView: true });
      view.focus();
    },
    close() {
      closed = true;
      view.destroy();
    },
  };
}

function tokensOf(language: Language) {
  return language === 'sigma' ? StreamLanguage.define(sigmaTokens) : StreamLanguage.define(splTokens);
}
