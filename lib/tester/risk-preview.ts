import type { Risk } from '../content/model.ts';
import type { PlainRow } from '../spl/index.ts';

/** What Enterprise Security would write for one result row. */
export interface RowPreview {
  /** Number of the row, from 0. */
  row: number;
  /** Title of the finding, filled in; absent where the rule creates none. */
  title?: string;
  /** One for each value of each risk object's field. */
  riskEvents: RiskEvent[];
  threatObjects: { field: string; type: string; value: string }[];
  /** Fields that a message or object names and the row does not have. */
  unfilled: string[];
}

export interface RiskEvent {
  field: string;
  type: string;
  /** The user, system or other object that collects the score. */
  object: string;
  score: number;
  message?: string;
  /** Whether the finding itself carries it, as opposed to an intermediate finding. */
  primary: boolean;
}

const TOKEN = /\$([^\s$]+?)\$/g;

/**
 * Risk and findings of each row: messages filled in, objects with their scores. A multivalue field gives one risk event
 * for each of its values. A token without a field stays as it is written, so that it is seen.
 */
export function previewRisk(risk: Risk | undefined, rows: readonly PlainRow[]): RowPreview[] {
  if (risk === undefined) return [];
  return rows.map((values, row) => {
    const unfilled = new Set<string>();
    const fill = (text: string, own?: { field: string; value: string }): string =>
      text.replace(TOKEN, (token, name: string) => {
        const field = name.replace(/^result\./, '');
        if (own !== undefined && field === own.field) return own.value;
        const found = valuesOf(values, field);
        if (found.length > 0) return found.join(', ');
        unfilled.add(field);
        return token;
      });
    const riskEvents = risk.entities.flatMap(({ field, type, score, message, primary }): RiskEvent[] => {
      const objects = valuesOf(values, field);
      if (objects.length === 0) unfilled.add(field);
      const text = message ?? risk.message;
      return objects.map((object) => ({
        field,
        type,
        object,
        score,
        primary,
        ...(text === undefined ? {} : { message: fill(text, { field, value: object }) }),
      }));
    });
    const threatObjects = risk.threatObjects.flatMap(({ field, type }) => {
      const found = valuesOf(values, field);
      if (found.length === 0) unfilled.add(field);
      return found.map((value) => ({ field, type, value }));
    });
    return {
      row,
      ...(risk.findingTitle === undefined ? {} : { title: fill(risk.findingTitle) }),
      riskEvents,
      threatObjects,
      unfilled: [...unfilled],
    };
  });
}

/** Titles and messages of all rows, each once, in order. */
export function messagesOf(previews: readonly RowPreview[]): string[] {
  const texts = previews.flatMap(({ title, riskEvents }) => [
    title,
    ...riskEvents.map((event) => event.message),
  ]);
  return [...new Set(texts.filter((text) => text !== undefined))];
}

function valuesOf(row: PlainRow, field: string): string[] {
  const value = Object.hasOwn(row, field) ? row[field] : undefined;
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
