import type { ReactNode } from 'react';

/**
 * A whole document as it is published. React escapes quotes in text as if it stood in an attribute: searches and rules
 * are full of them, and six bytes for one made a page of a Sigma rule 5 % larger. Tags, attributes included, stay as they are; a `<` or
 * `&` of the text stays escaped, so the document means the same.
 */
export async function documentOf(page: ReactNode): Promise<string> {
  // Imported here because Next refuses react-dom/server at the top of an App Router module.
  const { renderToStaticMarkup } = await import('react-dom/server');
  return `<!doctype html>${withPlainQuotes(renderToStaticMarkup(page))}`;
}

const PLAIN: Readonly<Record<string, string>> = { '&quot;': '"', '&#x27;': "'" };

/** Elements whose content is no text to a parser of HTML: nothing in them is escaped, and nothing may be changed. */
const TAGS_AND_QUOTES = /<(script|style)\b[\s\S]*?<\/\1>|<(?:[^>"]|"[^"]*")*>|&quot;|&#x27;/g;

/** Markup of React, whose attributes stand in double quotes, with the quotes of its text as they are. */
export function withPlainQuotes(html: string): string {
  return html.replace(TAGS_AND_QUOTES, (found) => PLAIN[found] ?? found);
}
