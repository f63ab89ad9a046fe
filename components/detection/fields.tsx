import type { Detection } from '../../lib/content/model.ts';
import { Section } from '../document/layout.tsx';

/** What the search reads, worked out from the search; a declared list is checked against it. */
export function RequiredFields({ detection }: { detection: Detection }) {
  const { requiredFields, declaredFields } = detection;
  const declared = declaredFields ?? [];
  if (requiredFields.length === 0 && declared.length === 0) return null;
  const read = new Set(requiredFields.map(bare));
  const listed = new Set(declared.map(bare));
  const undeclared =
    declaredFields && requiredFields.length > 0
      ? requiredFields.filter((field) => !listed.has(bare(field)))
      : [];
  const unread =
    requiredFields.length > 0 ? declared.filter((field) => field !== '_time' && !read.has(bare(field))) : [];
  return (
    <Section id="required-fields" title="Required fields" note={noteOf(detection)}>
      <FieldList fields={requiredFields.length > 0 ? requiredFields : declared} />
      {undeclared.length > 0 ? (
        <p className="remark">
          Read but not in the author’s list: <FieldList fields={undeclared} inline />
        </p>
      ) : null}
      {unread.length > 0 ? (
        <p className="remark">
          In the author’s list but never read: <FieldList fields={unread} inline />
        </p>
      ) : null}
    </Section>
  );
}

function noteOf({ language, requiredFields }: Detection): string {
  if (requiredFields.length === 0) return 'as its author listed them';
  return language === 'sigma' ? 'read by the rule' : 'read from the search';
}

function FieldList({ fields, inline }: { fields: string[]; inline?: boolean }) {
  if (inline) return fields.join(', ');
  return (
    <ul className="fields">
      {fields.map((field) => (
        <li key={field}>{field}</li>
      ))}
    </ul>
  );
}

/** `Processes.dest` and `dest` are the same field, before and after the data model's prefix is dropped. */
function bare(field: string): string {
  const dot = field.indexOf('.');
  return dot > 0 && /^[A-Z]/.test(field) ? field.slice(dot + 1) : field;
}
