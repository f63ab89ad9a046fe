import { type AtomicTest, atomicTest, atomicTests } from '../../attack/atomic.ts';
import type { Detection } from '../model.ts';
import { platformOf } from '../normalise/platform.ts';

/** Atomic Red Team tests that set a detection off, or exercise what it is about. */
export interface DetectionAtomics {
  /** Those that the file names by GUID; only the GUID where Atomic Red Team has no such test. */
  named: (AtomicTest | { guid: string })[];
  /** Those of each technique that the file lists, on the platforms of the detection. */
  techniques: TechniqueAtomics[];
}

export interface TechniqueAtomics {
  technique: string;
  /** The first few that the file does not name. */
  tests: AtomicTest[];
  /** How many the technique has in all. */
  all: number;
}

/** More than a few tests of one technique are on the technique's own page. */
const MOST_PER_TECHNIQUE = 6;

/** Platform of a data source → platforms of Atomic Red Team. A network device stands for none. */
const ATOMIC_PLATFORMS: Readonly<Record<string, readonly string[]>> = {
  Windows: ['windows'],
  Linux: ['linux'],
  macOS: ['macos'],
  AWS: ['iaas:aws'],
  Azure: ['azure-ad', 'iaas:azure'],
  'Google Cloud': ['iaas:gcp'],
  'Google Workspace': ['google-workspace'],
  Kubernetes: ['containers'],
  'Microsoft 365': ['office-365'],
};

export function detectionAtomics(detection: Detection): DetectionAtomics {
  const platforms = platformsOf(detection);
  const named = new Set(detection.atomics.map(({ guid }) => guid.toLowerCase()));
  const listed = [...new Set(detection.techniques.filter(({ implied }) => !implied).map(({ id }) => id))];
  return {
    named: detection.atomics.map(({ guid }) => atomicTest(guid) ?? { guid }),
    techniques: listed.flatMap((technique) => {
      const all = atomicTests(technique);
      if (all.length === 0) return [];
      const fitting = all.filter(
        (test) => platforms === undefined || test.platforms.some((platform) => platforms.includes(platform)),
      );
      const others = fitting.filter(({ guid }) => !named.has(guid));
      return [{ technique, tests: others.slice(0, MOST_PER_TECHNIQUE), all: all.length }];
    }),
  };
}

/** Undefined where a source of the detection does not tell: then no test is left out. */
function platformsOf({ sigma, dataSources }: Detection): string[] | undefined {
  const sources = sigma ? [sigma.logsource.product] : dataSources.flat().map(({ name }) => name);
  if (sources.length === 0) return undefined;
  const platforms: string[] = [];
  for (const source of sources) {
    const found = ATOMIC_PLATFORMS[platformOf(source) ?? ''];
    if (found === undefined) return undefined;
    platforms.push(...found);
  }
  return platforms;
}
