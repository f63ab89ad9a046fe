// Serves a site that `npm test` built: node e2e/serve.mjs PORT [FOLDER [BASE-PATH]]
import { register } from 'tsx/esm/api';

register();
const { serveSite } = await import('../lib/cli/build/serve.ts');
const [port = '4173', folder = '.sightline/test-site', basePath = ''] = process.argv.slice(2);
await serveSite(folder, basePath, Number(port));
