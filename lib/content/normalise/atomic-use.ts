import { atomicTest } from '../../attack/atomic.ts';
import type { AtomicUse } from '../model.ts';

/** A test that a detection names, with what Atomic Red Team says of it. */
export function atomicUse(guid: string): AtomicUse {
  const test = atomicTest(guid);
  if (!test) return { guid, platforms: [] };
  return { guid, name: test.name, technique: test.technique, platforms: test.platforms };
}
