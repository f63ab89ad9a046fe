import type { TestEvidence } from '../../content/model.ts';
import type { Report, Reported } from './report.ts';

/** Tests of a detection as one suite. Impossible, untested and declared ones are skipped, with the reason. */
export function junit({ detections }: Report): string {
  const suites = detections.map(suite);
  const all = detections.flatMap(({ evidence }) => evidence.tests);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sightline"${counts(all)}>\n${suites.join('')}</testsuites>\n`;
}

function suite({ detection, path, line, evidence }: Reported): string {
  const cases = evidence.tests.map(
    (test) =>
      `<testcase classname=${quoted(detection.name)} name=${quoted(test.name)} file=${quoted(path)} line="${line}" time="${seconds(test)}">${outcome(test)}</testcase>\n`,
  );
  return `<testsuite name=${quoted(detection.name)} file=${quoted(path)}${counts(evidence.tests)}>\n${cases.join('')}</testsuite>\n`;
}

function counts(tests: readonly TestEvidence[]): string {
  const count = (...wanted: string[]) => tests.filter(({ status }) => wanted.includes(status)).length;
  return (
    ` tests="${tests.length}" failures="${count('failing')}" errors="${count('error')}"` +
    ` skipped="${count('impossible', 'untested', 'declared')}" time="${tests.reduce((sum, test) => sum + Number(seconds(test)), 0).toFixed(3)}"`
  );
}

const ELEMENTS: Readonly<Record<string, string>> = { failing: 'failure', error: 'error' };

function outcome({ status, code, reason, messages }: TestEvidence): string {
  if (status === 'passing') {
    return messages.length > 0 ? `<system-out>${escaped(messages.join('\n'))}</system-out>` : '';
  }
  const element = ELEMENTS[status];
  const message = quoted(element === undefined ? `${status}: ${reason ?? ''}` : (reason ?? status));
  return element === undefined
    ? `<skipped message=${message}/>`
    : `<${element} type=${quoted(code ?? status)} message=${message}/>`;
}

function seconds({ milliseconds = 0 }: TestEvidence): string {
  return (milliseconds / 1000).toFixed(3);
}

function quoted(text: string): string {
  return `"${escaped(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`;
}

/** XML 1.0 has no way to write most control characters and lone surrogates; they become U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(UNWRITABLE, '\u{fffd}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const UNWRITABLE = /[^\t\n\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
