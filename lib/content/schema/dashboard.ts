import type { z } from 'zod';
import * as is from './common.ts';

export const dashboard = is.object(
  {
    ...is.datedHead,
    status: is.text('Maturity.').optional(),
    theme: is.oneOf(['light', 'dark'], 'Look.').optional(),
  },
  'Dashboard, security_content generations 1 and 2.',
);

export const dashboardG3 = is.object({ ...is.trackedHead }, 'Dashboard, security_content generation 3.');

export type DashboardFile = z.infer<typeof dashboard>;
export type DashboardFileG3 = z.infer<typeof dashboardG3>;
