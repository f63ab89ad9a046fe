import type { z } from 'zod';
import * as is from './common.ts';

const categories = [
  'Abuse',
  'Account Compromise',
  'Adversary Tactics',
  'Best Practices',
  'Cloud Security',
  'Compliance',
  'Data Destruction',
  'Lateral Movement',
  'Malware',
  'Privilege Escalation',
  'Ransomware',
  'Unauthorized Software',
  'Uncategorized',
  'Vulnerability',
] as const;

const useCases = [
  'Advanced Threat Detection',
  'Application Security',
  'Compliance',
  'Fraud Detection',
  'Insider Threat',
  'Other',
  'Security Monitoring',
] as const;

const body = {
  narrative: is.filledText('The threat, and how the detections of the story belong together. Markdown.'),
  references: is.references.optional(),
};

const facets = {
  category: is.filledList(is.oneOf(categories, 'Category.'), 'Categories.'),
  product: is.filledList(is.text('Product.'), 'Splunk products it is for.'),
  usecase: is.oneOf(useCases, 'Use case.'),
  cve: is.list(is.cveId('CVE.'), 'Vulnerabilities it is about.').optional(),
};

export const storyG1 = is.object(
  {
    ...is.datedHead,
    ...body,
    tags: is.object({ ...facets, group: is.texts('Threat groups.').optional() }, 'Facets.'),
  },
  'Analytic story, security_content generation 1.',
);

export const storyG2 = is.object(
  {
    ...is.datedHead,
    ...body,
    status: is.oneOf(['production', 'deprecated', 'removed'], 'Maturity.'),
    tags: is.object({ ...facets, group: is.texts('Threat groups.').optional() }, 'Facets.'),
  },
  'Analytic story, security_content generation 2.',
);

export const storyG3 = is.object(
  {
    ...is.trackedHead,
    ...body,
    ...facets,
    status: is.oneOf(['production', 'deprecated'], 'Maturity.'),
    threat_group: is.texts('Threat groups.').optional(),
    deprecation_info: is.deprecationInfo.optional(),
  },
  'Analytic story, security_content generation 3.',
);

export type StoryG1 = z.infer<typeof storyG1>;
export type StoryG2 = z.infer<typeof storyG2>;
export type StoryG3 = z.infer<typeof storyG3>;
