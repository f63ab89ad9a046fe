import { externalHref } from '../url.ts';

/** A reference as typed: a link when it is http or https, text otherwise. */
export function External({ href, children }: { href: string; children?: string }) {
  const safe = externalHref(href);
  if (!safe) return <span>{children ?? href}</span>;
  return (
    <a href={safe} rel="noopener noreferrer">
      {children ?? href}
    </a>
  );
}

export function ReferenceList({ references }: { references: string[] }) {
  return (
    <ul className="links">
      {references.map((reference) => (
        <li key={reference}>
          <External href={reference} />
        </li>
      ))}
    </ul>
  );
}
