import { ScanPage } from '../../components/scan/scan-page.tsx';
import type { PageGroup } from '../_site/pages.ts';

export const scanPages: PageGroup = function* ({ detections, attackVersion }) {
  yield [
    '/scan/',
    () => {
      const severities: Record<string, number> = {};
      for (const { severity = '' } of detections) severities[severity] = (severities[severity] ?? 0) + 1;
      return <ScanPage severities={severities} attackVersion={attackVersion} />;
    },
  ];
};
