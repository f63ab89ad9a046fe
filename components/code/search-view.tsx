import type { Language, MacroUse, Reference, SearchForms } from '../../lib/content/model.ts';
import { site } from '../document/site.ts';
import { objectUrl } from '../url.ts';
import { type CodeLanguage, type CodeLinks, highlightLines } from './highlight.ts';
import { splunkSearchUrl } from './splunk-url.ts';

interface SearchViewProps {
  search: string;
  language: Language;
  forms: SearchForms;
  macros: MacroUse[];
  lookups: Reference[];
  /** Time range for "Open in Splunk". */
  earliest?: string;
  latest?: string;
}

interface View {
  key: string;
  label: string;
  code: string;
}

/** The rule in the forms a reader wants: a stage per line, as it was written, and with its macros expanded. */
export function SearchView({ search, language, forms, macros, lookups, earliest, latest }: SearchViewProps) {
  const views = viewsOf(search, language, forms);
  const grammar: CodeLanguage = language === 'sigma' ? 'yaml' : language;
  const links = linksOf(macros, lookups);
  const openInSplunk = language === 'spl';
  return (
    <div className="spl">
      <div className="bar">
        {views.length > 1 ? (
          <div className="tabs" role="radiogroup" aria-label="Form of the search">
            {views.map((view, index) => (
              <label key={view.key}>
                <input type="radio" name="form" value={view.key} defaultChecked={index === 0} />
                <span>{view.label}</span>
              </label>
            ))}
          </div>
        ) : (
          <span className="only">
            {language === 'sigma' ? 'Sigma' : language === 'spl2' ? 'SPL2' : 'SPL'}
          </span>
        )}
        <span className="acts">
          <button type="button" data-copy-form hidden>
            Copy
          </button>
          {openInSplunk && site.splunkBaseUrl ? (
            <a href={splunkSearchUrl(site.splunkBaseUrl, search, earliest, latest)} rel="noopener noreferrer">
              Open in Splunk
            </a>
          ) : null}
          {openInSplunk && !site.splunkBaseUrl ? (
            <button type="button" data-open-in-splunk data-earliest={earliest} data-latest={latest} hidden>
              Open in Splunk
            </button>
          ) : null}
        </span>
      </div>
      {views.map((view) =>
        view.key === 'raw' ? (
          <pre
            key={view.key}
            className="form raw"
            data-form="raw"
            role="region"
            aria-label="Search as written"
            tabIndex={0}
          >
            {view.code}
          </pre>
        ) : (
          <ol
            key={view.key}
            className={`form ${view.key}`}
            data-form={view.key}
            dangerouslySetInnerHTML={{
              __html: stagesHtml(view.code, grammar, view.key === 'expanded' ? undefined : links),
            }}
          />
        ),
      )}
    </div>
  );
}

function viewsOf(search: string, language: Language, forms: SearchForms): View[] {
  if (language === 'sigma') return [{ key: 'yaml', label: 'Rule', code: search }];
  const formatted = forms.formatted ?? search;
  const views: View[] = [{ key: 'formatted', label: 'Formatted', code: formatted }];
  if (formatted !== search) views.push({ key: 'raw', label: 'As written', code: search });
  if (forms.expanded && forms.expanded !== formatted)
    views.push({ key: 'expanded', label: 'Macros expanded', code: forms.expanded });
  return views;
}

function linksOf(macros: MacroUse[], lookups: Reference[]): CodeLinks {
  const macroByName = new Map(macros.map((macro) => [macro.name, macro]));
  const lookupByName = new Map(lookups.map((lookup) => [lookup.name, lookup]));
  return {
    macro: (name) => {
      const macro = macroByName.get(name);
      return macro?.slug ? { href: objectUrl('macro', macro.slug), title: macro.definition } : undefined;
    },
    lookup: (name) => {
      const slug = lookupByName.get(name)?.slug;
      return slug ? { href: objectUrl('lookup', slug) } : undefined;
    },
  };
}

/** One list item per stage: a line that starts with a pipe opens a stage, its continuation lines stay inside. */
function stagesHtml(code: string, language: CodeLanguage, links: CodeLinks | undefined): string {
  const plain = code.split('\n');
  const stages: string[][] = [];
  highlightLines(code, language, links).forEach((html, index) => {
    const opens = language === 'yaml' || stages.length === 0 || /^\|/.test(plain[index] ?? '');
    if (opens) stages.push([html]);
    else stages.at(-1)!.push(html);
  });
  return stages.map((lines) => `<li><code>${lines.join('\n')}</code>`).join('');
}
