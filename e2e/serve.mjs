// Serves the site that `npm test` built: node e2e/serve.mjs PORT [FOLDER]
import { register } from 'tsx/esm/api';

register();
const { serveSite } = await import('../lib/cli/build/serve.ts');
const [port = '4173', folder = '.sightline/test-site'] = process.argv.slice(2);
await serveSite(folder, '', Number(port));
