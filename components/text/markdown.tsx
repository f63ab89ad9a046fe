import MarkdownIt from 'markdown-it';
import { escapeHtml } from './escape.ts';

/**
 * Text fields are Markdown by convention only: most were typed as plain prose. Raw HTML is shown as text, and
 * `javascript:`, `data:` and the like never become links (markdown-it's own rules). Images would fetch from
 * another origin, so they stay text.
 */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable([
  'image',
  'lheading',
]);

const defaultLinkOpen =
  markdown.renderer.rules.link_open ??
  ((tokens, index, options, _env, self) => self.renderToken(tokens, index, options));
markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
  if (/^https?:/i.test(String(tokens[index]?.attrGet('href') ?? '')))
    tokens[index]?.attrSet('rel', 'noopener noreferrer');
  return defaultLinkOpen(tokens, index, options, env, self);
};

/** Prose with none of these needs no parser; that is two thirds of the corpus and most of the cost. */
const NEEDS_PARSER = /[*_`[\]<>&\\#|~]|^\s*(?:[-+]|\d+[.)])\s|\n|^ {4}/m;

export function markdownHtml(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  if (!NEEDS_PARSER.test(trimmed)) return `<p>${escapeHtml(trimmed)}</p>`;
  // A heading inside a field would compete with the page's own outline.
  return markdown.render(trimmed).replace(/<(\/?)h[1-4]>/g, '<$1h5>');
}

export function Markdown({ text, className }: { text: string; className?: string }) {
  return (
    <div
      className={className ? `md ${className}` : 'md'}
      dangerouslySetInnerHTML={{ __html: markdownHtml(text) }}
    />
  );
}
