import type { Step } from '../../lib/content/model.ts';
import { CodeBlock } from '../code/code-block.tsx';
import type { CodeLanguage } from '../code/highlight.ts';
import { Section } from '../document/layout.tsx';
import { Markdown } from '../text/markdown.tsx';

interface StepsProps {
  id: string;
  title: string;
  steps: Step[];
  /** Said where there are none; absent draws nothing then. */
  empty?: string;
}

/** Numbered steps, each with what to type or paste. */
export function Steps({ id, title, steps, empty }: StepsProps) {
  if (steps.length === 0 && !empty) return null;
  return (
    <Section id={id} title={title}>
      {steps.length === 0 ? <p className="nothing">{empty}</p> : null}
      <ol className="steps">
        {steps.map((step, index) => (
          <li key={String(index)}>
            <Markdown text={step.text} />
            {step.code ? (
              <CodeBlock
                code={step.code.trimEnd()}
                language={languageOf(step.code)}
                label={`${title}, step ${index + 1}`}
              />
            ) : null}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function languageOf(code: string): CodeLanguage {
  const first = code.trimStart().charAt(0);
  return first === '<' ? 'xml' : first === '{' || first === '[' ? 'json' : 'text';
}
