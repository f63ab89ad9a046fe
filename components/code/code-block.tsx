import { type CodeLanguage, highlightLines } from './highlight.ts';

/** Code that is shown and copied, not studied stage by stage. */
export function CodeBlock({
  code,
  language,
  label,
}: {
  code: string;
  language: CodeLanguage;
  label?: string;
}) {
  return (
    <figure className="code">
      <pre
        role={label ? 'region' : undefined}
        aria-label={label}
        tabIndex={label ? 0 : undefined}
        dangerouslySetInnerHTML={{ __html: highlightLines(code, language).join('\n') }}
      />
      <button type="button" data-copy hidden>
        Copy
      </button>
    </figure>
  );
}
