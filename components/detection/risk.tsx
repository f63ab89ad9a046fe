import type { Detection, Risk as RiskModel } from '../../lib/content/model.ts';
import { Table } from '../content/table.tsx';
import { Section } from '../document/layout.tsx';

export function Risk({ detection }: { detection: Detection }) {
  const { risk } = detection;
  if (!risk) return null;
  const ownMessages = new Set(
    risk.entities
      .map((entity) => entity.message)
      .filter((message) => message && message !== risk.findingTitle),
  );
  return (
    <Section id="risk" title="Risk">
      {risk.findingTitle ? <Message label="Finding" text={risk.findingTitle} /> : null}
      {risk.message ? <Message label="Risk message" text={risk.message} /> : null}
      {[...ownMessages].map((message) => (
        <Message key={message} label="Risk message" text={message!} />
      ))}
      {risk.entities.length > 0 ? (
        <Table
          rows={risk.entities}
          columns={[
            { title: 'Risk object', className: 'mono', cell: (entity) => entity.field },
            { title: 'Type', cell: (entity) => entity.type },
            { title: 'Score', className: 'num', cell: (entity) => entity.score },
            {
              title: 'Written as',
              cell: (entity) =>
                risk.findingTitle ? (entity.primary ? 'finding' : 'intermediate finding') : null,
            },
          ]}
        />
      ) : null}
      {risk.threatObjects.length > 0 ? (
        <Table
          rows={risk.threatObjects}
          columns={[
            { title: 'Threat object', className: 'mono', cell: (object) => object.field },
            { title: 'Type', cell: (object) => object.type },
          ]}
        />
      ) : null}
      <Formula risk={risk} />
    </Section>
  );
}

function Formula({ risk }: { risk: RiskModel }) {
  const { formula } = risk;
  if (!formula) return null;
  if (formula.impact === undefined || formula.confidence === undefined)
    return <p className="remark">Risk score {formula.score}.</p>;
  const product = (formula.impact * formula.confidence) / 100;
  const agrees = Math.abs(product - formula.score) < 1;
  return (
    <p className="remark">
      Risk score {formula.score} = impact {formula.impact} × confidence {formula.confidence} / 100
      {agrees ? '.' : `, which would be ${product}: the file states another score.`}
    </p>
  );
}

function Message({ label, text }: { label: string; text: string }) {
  return (
    <p className="message">
      <small>{label}</small> <Tokens text={text} />
    </p>
  );
}

/** `$field$` is filled in from the result; it is marked so that nobody reads it as text. */
export function Tokens({ text }: { text: string }) {
  return text.split(/(\$[^\s$]+\$)/g).map((part, index) =>
    index % 2 === 1 ? (
      <span className="tok" key={`${index}${part}`}>
        {part.slice(1, -1)}
      </span>
    ) : (
      part
    ),
  );
}
