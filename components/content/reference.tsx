import { Fragment, type ReactNode } from 'react';
import type { Reference } from '../../lib/content/model.ts';
import { objectUrl } from '../url.ts';

/** A link where the name resolved; the bare name, marked as missing, where it did not. */
export function Ref({ to, label }: { to: Reference; label?: string }) {
  if (to.slug && to.kind) return <a href={objectUrl(to.kind, to.slug)}>{label ?? to.name}</a>;
  return (
    <span className="missing" title="Not in this catalog">
      {label ?? to.name}
    </span>
  );
}

/** Items with a separator between them. */
export function Joined({ items, by = ', ' }: { items: ReactNode[]; by?: ReactNode }) {
  return items.map((item, index) => (
    <Fragment key={String(index)}>
      {index > 0 ? by : null}
      {item}
    </Fragment>
  ));
}

export function Refs({ to }: { to: Reference[] }) {
  return <Joined items={to.map((reference) => <Ref key={reference.name} to={reference} />)} />;
}

/** A bulleted list of references, folded after `limit`. */
export function RefList({ to, limit = 12 }: { to: Reference[]; limit?: number }) {
  const item = (reference: Reference) => (
    <li key={`${reference.kind}/${reference.slug ?? reference.name}`}>
      <Ref to={reference} />
    </li>
  );
  if (to.length <= limit + 2) return <ul className="refs">{to.map(item)}</ul>;
  return (
    <>
      <ul className="refs">{to.slice(0, limit).map(item)}</ul>
      <details className="more">
        <summary>{to.length - limit} more</summary>
        <ul className="refs">{to.slice(limit).map(item)}</ul>
      </details>
    </>
  );
}
