import type { Detection } from '../../lib/content/model.ts';
import { editUrl } from '../content/source-links.tsx';
import { Markdown } from '../text/markdown.tsx';

/** The triager's first question, answered before anything else on the page. */
export function FalsePositives({ detection }: { detection: Detection }) {
  const { falsePositives, falsePositivesUndocumented, source } = detection;
  const edit = editUrl(source, 'known_false_positives');
  return (
    <section className="fp" id="false-positives">
      <h2>
        <a className="anchor" href="#false-positives">
          If this fired: known false positives
        </a>
      </h2>
      {falsePositivesUndocumented ? (
        <p className="undocumented">
          Not documented. {falsePositives.trim() ? <>The file says only “{falsePositives.trim()}”. </> : null}
          Treat a match as unexplained until you know what is normal in your environment.{' '}
          {edit ? <a href={edit}>Add what you learn</a> : null}
        </p>
      ) : (
        <Markdown text={falsePositives} />
      )}
    </section>
  );
}
