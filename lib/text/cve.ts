/** True for `CVE-2021-44228`: a year and a number of four digits or more. */
export function isCveId(text: string): boolean {
  return /^CVE-\d{4}-\d{4,}$/i.test(text);
}
