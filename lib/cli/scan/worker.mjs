// Plain JavaScript: a new thread knows nothing of TypeScript until this has been said.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
