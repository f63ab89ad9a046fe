import { CoveragePage } from '../../components/coverage/coverage-page.tsx';
import type { PageGroup } from '../_site/pages.ts';

export const coveragePages: PageGroup = function* ({ detections, evidence }) {
  const present = detections.filter(({ status }) => status !== 'removed');
  yield ['/coverage/', () => <CoveragePage detections={present} evidence={evidence} />];
};
