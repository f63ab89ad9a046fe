import type { Dashboard } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';

export function readDashboard(fields: Fields): Dashboard {
  const stem = fields.file.path.slice(fields.file.path.lastIndexOf('/') + 1).replace(/\.ya?ml$/i, '');
  return { ...readBase('dashboard', fields), filename: `${stem}.json` };
}
