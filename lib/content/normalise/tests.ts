/** Declared tests of a detection, in every shape that has them. */
import type { DeclaredTest, TestData } from '../model.ts';
import type { Fields } from './fields.ts';

/**
 * Tests under one key. `expected_results` and an inline `attack_data` mean the same in every shape, so a false-positive
 * sample can be declared in a file of any generation.
 */
export function readTests(fields: Fields, key: string, manualReason?: string): DeclaredTest[] {
  return fields.maps(key).map((test, index) => {
    const type = test.text('test_type');
    const experimental = type === 'experimental';
    const passCondition = test.text('pass_condition');
    const expected = test.number('expected_results') ?? exactCount(passCondition);
    const reason = manualReason ?? (experimental ? test.text('description') : undefined);
    return {
      name: test.text('name') ?? `Test ${index + 1}`,
      kind: manualReason ? 'manual' : experimental ? 'experimental' : 'unit',
      ...(reason ? { reason } : {}),
      ...(expected === undefined ? {} : { expectedResults: expected }),
      ...(passCondition ? { passCondition } : {}),
      data: test.maps('attack_data').map(readData),
    } satisfies DeclaredTest;
  });
}

/** `@count_eq(0)` of Behavioral Analytics asks for an exact number; `@count_gt(0)` is what every test asks for. */
function exactCount(passCondition: string | undefined): number | undefined {
  const exact = passCondition && /^@count_eq\((\d+)\)$/.exec(passCondition);
  return exact ? Number(exact[1]) : undefined;
}

function readData(fields: Fields): TestData {
  const optional = {
    source: fields.text('source'),
    sourcetype: fields.text('sourcetype'),
    index: fields.text('index', 'custom_index'),
    host: fields.text('host'),
  };
  const data: TestData = { data: fields.text('data') ?? '' };
  for (const [key, value] of Object.entries(optional)) {
    if (value) data[key as keyof typeof optional] = value;
  }
  return data;
}
