import { url } from '../url.ts';
import { Column } from './layout.tsx';
import { Page } from './page.tsx';

export function NotFoundPage() {
  return (
    <Page title="Not found" address="/404.html">
      <Column>
        <h1>There is no such page</h1>
        <p className="intro">
          The address may be mistyped, or the object it named was never in this catalog: pages that were
          published keep their addresses.
        </p>
        <ul>
          <li>
            <a href={url('/detections/')}>All detections</a>
          </li>
          <li>
            <a href={url('/techniques/')}>Detections by ATT&amp;CK technique</a>
          </li>
          <li>
            <a href={url('/')}>The start page</a>
          </li>
        </ul>
      </Column>
    </Page>
  );
}
