import type { ComponentProps, ReactElement } from 'react';
import { CodeBlock } from '../code/code-block.tsx';
import type { CodeLanguage } from '../code/highlight.ts';
import { url } from '../url.ts';

const LANGUAGES: Record<string, CodeLanguage> = {
  spl: 'spl',
  spl2: 'spl2',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  xml: 'xml',
};

/** How Markdown elements of a guide are drawn: links keep the base path, code is highlighted like everywhere else. */
export const guideComponents = {
  a: ({ href = '', ...rest }: ComponentProps<'a'>) => (
    <a {...rest} href={href.startsWith('/') ? url(href) : href} />
  ),
  pre: ({ children }: ComponentProps<'pre'>) => {
    const { className = '', children: code } = (
      children as ReactElement<{ className?: string; children?: string }>
    ).props;
    const language = LANGUAGES[className.replace('language-', '')] ?? 'text';
    return <CodeBlock code={String(code ?? '').replace(/\n$/, '')} language={language} />;
  },
  table: (props: ComponentProps<'table'>) => (
    <div className="scroll" tabIndex={0}>
      <table {...props} />
    </div>
  ),
};
