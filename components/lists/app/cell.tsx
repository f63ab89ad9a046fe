import type { SeverityLevel } from '../../../lib/content/model.ts';
import {
  type Field,
  isNumbers,
  isValues,
  type ListData,
  type ValuesField,
  valuesOf,
} from '../../../lib/lists/open.ts';
import { addressOf, dateText } from '../../../lib/lists/take.ts';
import { Joined } from '../../content/reference.tsx';
import { Severity } from '../../content/severity.tsx';

/** Values of a cell before the rest is counted: links are short, names are not. */
const MOST_LINKS = 2;
const MOST_NAMES = 1;

const UNREMARKABLE: ReadonlySet<string> = new Set(['production', 'stable']);

/** The name, linked, and the status where it is one to know of. */
export function NameCell({ data, row, base }: { data: ListData; row: number; base: string }) {
  const status = data.fields.get('status');
  const [value] = isValues(status) ? valuesOf(status, row) : [];
  return (
    <>
      <a href={base + addressOf(data, row)}>{data.file.names[row]}</a>
      {isValues(status) && value !== undefined && !UNREMARKABLE.has(status.file.values[value]!) ? (
        <small className={`state ${status.file.values[value]}`}> {status.labels[value]}</small>
      ) : null}
    </>
  );
}

export function Cell({ field, row, base }: { field: Field; row: number; base: string }) {
  if (isNumbers(field)) {
    const number = field.numbers[row]!;
    if (number < 0) return null;
    return <>{field.file.as === 'date' ? dateText(number) : number.toLocaleString('en')}</>;
  }
  if (!isValues(field)) return <>{field.file.texts[row]}</>;
  return <Values field={field} values={[...valuesOf(field, row)]} base={base} />;
}

function Values({ field, values, base }: { field: ValuesField; values: number[]; base: string }) {
  const { file, labels } = field;
  if (values.length === 0) return null;
  if (file.key === 'severity') return <Severity level={file.values[values[0]!] as SeverityLevel} />;
  const most = file.links === undefined ? MOST_NAMES : MOST_LINKS;
  const shown = values.slice(0, most).map((value) => {
    const text = file.values[value]!;
    if (file.links === undefined || !file.labels?.[value]) return labels[value];
    return (
      <a key={text} href={`${base}/${file.links}/${text.toLowerCase()}/`} title={labels[value]}>
        {file.links === 'tactics' ? labels[value] : text}
      </a>
    );
  });
  const rest = values.slice(most).map((value) => labels[value]);
  return (
    <>
      <Joined items={shown} />
      {rest.length > 0 ? <span title={rest.join(', ')}> +{rest.length}</span> : null}
    </>
  );
}

/** Class of a field's cells. */
export function cellClass(field: Field): string {
  if (isNumbers(field)) return 'num tight';
  if (!isValues(field)) return field.file.key === 'definition' ? 'mono' : 'text';
  if (field.file.key === 'severity' || field.file.key === 'type') return 'tight';
  if (field.file.links === 'techniques' || field.file.links === 'cves') return 'mono tight';
  return 'data';
}
