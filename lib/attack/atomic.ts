/** Tests of Atomic Red Team by GUID and by technique. */
import { groupBy } from '../collections.ts';
import techniques from './data/atomic-red-team.json' with { type: 'json' };

export interface AtomicTest {
  guid: string;
  name: string;
  /** ATT&CK technique that the test exercises. */
  technique: string;
  /** Position in the technique's list, from 1: `Invoke-AtomicTest T1003.001 -TestNumbers 2`. */
  number: number;
  platforms: string[];
  executor?: string;
}

interface RawTest {
  n: number;
  name: string;
  guid?: string;
  platforms?: string[];
  executor?: string;
}

const raw: { technique: string; tests: RawTest[] }[] = techniques;

let byGuid: Map<string, AtomicTest> | undefined;
let byTechnique: Map<string, AtomicTest[]> | undefined;

/** The test with this GUID in any letter case, or undefined. */
export function atomicTest(guid: string): AtomicTest | undefined {
  byGuid ??= index();
  return byGuid.get(guid.toLowerCase());
}

function index(): Map<string, AtomicTest> {
  const found = new Map<string, AtomicTest>();
  for (const { technique, tests } of raw) {
    for (const test of tests) {
      if (!test.guid) continue;
      const guid = test.guid.toLowerCase();
      found.set(guid, {
        guid,
        name: test.name,
        technique,
        number: test.n,
        platforms: test.platforms ?? [],
        ...(test.executor ? { executor: test.executor } : {}),
      });
    }
  }
  return found;
}

/** All tests of a technique, in their own order; empty when it has none. */
export function atomicTests(technique: string): readonly AtomicTest[] {
  byGuid ??= index();
  byTechnique ??= groupBy(byGuid.values(), (test) => test.technique);
  return byTechnique.get(technique) ?? [];
}
