import type { Report } from './report.ts';
import { github } from './report-github.ts';
import { json } from './report-json.ts';
import { junit } from './report-junit.ts';
import { text } from './report-text.ts';

/** Each format, as a whole text with a line end. */
export const REPORTS: Readonly<Record<string, (report: Report) => string>> = { text, json, junit, github };
