import { FieldsPage } from '../../components/content/fields-page.tsx';
import { fieldRows } from '../../lib/export/pivoting.ts';
import { ANALYTICS, PIVOTING } from '../../lib/export/site-tables.ts';
import type { PageGroup } from '../_site/pages.ts';

export const fieldsPages: PageGroup = function* (catalog) {
  yield [
    '/fields/',
    () => <FieldsPage rows={fieldRows(catalog)} pivoting={PIVOTING} analytics={ANALYTICS} />,
  ];
};
