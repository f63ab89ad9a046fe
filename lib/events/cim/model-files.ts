/** Data models that come along, by the file that has them: whoever asks for one need not fetch all. */
import type { DataModelDefinition } from './model.ts';

interface ModelFile {
  names: readonly string[];
  load(): Promise<Readonly<Record<string, DataModelDefinition>>>;
}

export const MODEL_FILES: readonly ModelFile[] = [
  { names: ['Endpoint'], load: () => import('./models/endpoint.ts') },
  {
    names: ['Authentication', 'Change', 'Risk', 'Alerts', 'Updates', 'Vulnerabilities'],
    load: () => import('./models/identity.ts'),
  },
  {
    names: [
      'Network_Traffic',
      'Network_Resolution',
      'Network_Sessions',
      'Web',
      'Intrusion_Detection',
      'Certificates',
      'Email',
    ],
    load: () => import('./models/network.ts'),
  },
];

/** Models of the files that have one of these names; all without names. Rejects where they cannot be fetched. */
export async function loadModels(names?: ReadonlySet<string>): Promise<DataModelDefinition[]> {
  const files = MODEL_FILES.filter(
    (file) => names === undefined || file.names.some((name) => names.has(name)),
  );
  return (await Promise.all(files.map(({ load }) => load()))).flatMap((models) => Object.values(models));
}
