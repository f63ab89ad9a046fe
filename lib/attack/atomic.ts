/** Tests of Atomic Red Team by GUID. */
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
export function atomicTests(technique: string): AtomicTest[] {
  byGuid ??= index();
  return [...byGuid.values()].filter((test) => test.technique === technique);
}
