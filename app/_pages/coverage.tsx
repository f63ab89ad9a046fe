import { CoveragePage } from '../../components/coverage/coverage-page.tsx';
import type { PageGroup } from '../_site/pages.ts';

export const coveragePages: PageGroup = function* ({ detections, evidence }) {
  yield ['/coverage/', () => <CoveragePage detections={detections} evidence={evidence} />];
};
