import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { schemas } from './registry.ts';

interface JsonSchema {
  description?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

/** Paths of all properties without a description. */
function undescribed(schema: JsonSchema, path: string): string[] {
  const inner = [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, property]) => [
      ...(property.description ? [] : [`${path}.${key}`]),
      ...undescribed(property, `${path}.${key}`),
    ]),
    ...(schema.anyOf ?? []).flatMap((option) => undescribed(option, path)),
  ];
  return schema.items ? [...inner, ...undescribed(schema.items, `${path}[]`)] : inner;
}

describe('schemas', () => {
  it.each(Object.entries(schemas))('%s becomes a JSON Schema that describes every key', (name, schema) => {
    const json = z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema;
    expect(json.description).toMatch(/\S/);
    expect(Object.keys(json.properties ?? {}).length).toBeGreaterThan(3);
    expect(undescribed(json, name)).toEqual([]);
  });
});
