import type { ReactNode } from 'react';
import { url } from '../url.ts';

/** Steps from the section's list to this page; each `[label, path]`, the path without base. */
export function Breadcrumb({ steps }: { steps: [label: string, path: string][] }) {
  return (
    <nav className="crumb" aria-label="Breadcrumb">
      {steps.map(([label, path], index) => (
        <span key={path}>
          {index > 0 ? ' › ' : ''}
          <a href={url(path)}>{label}</a>
        </span>
      ))}
    </nav>
  );
}

/** A page of one column: lists, guides, plain objects. */
export function Column({ children, wide }: { children: ReactNode; wide?: boolean }) {
  return (
    <main id="content" className={wide ? 'column wide' : 'column'}>
      {children}
    </main>
  );
}

/** A section with a heading that can be linked to. */
export function Section({
  id,
  title,
  note,
  children,
}: {
  id: string;
  title: ReactNode;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section id={id}>
      <h2>
        <a className="anchor" href={`#${id}`}>
          {title}
        </a>
        {note ? <small>{note}</small> : null}
      </h2>
      {children}
    </section>
  );
}
