export interface DiffLine {
  sign: ' ' | '+' | '-';
  text: string;
  /** Number in the comparison, from 0. */
  line: number;
}

/** Lines of two texts, those only in the first as removed. Longest common subsequence; rules have tens of lines. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i]![j] =
        a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ sign: ' ', text: a[i]!, line: lines.length });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ sign: '-', text: a[i]!, line: lines.length });
      i += 1;
    } else {
      lines.push({ sign: '+', text: b[j]!, line: lines.length });
      j += 1;
    }
  }
  return lines;
}
