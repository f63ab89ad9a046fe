/** The names nearest to one that was probably mistyped. */

/**
 * Up to `count` candidates within a quarter of the name's length in edits (at least two), nearest first, then those
 * that hold all its words: `Windows Security 5136` is near `Windows Event Log Security 5136`. Letter case does not
 * count.
 */
export function nearestNames(name: string, candidates: Iterable<string>, count = 2): string[] {
  const wanted = name.toLowerCase();
  const most = Math.max(2, Math.floor(wanted.length / 4));
  const letters = lettersOf(wanted);
  const words = wanted.split(/\W+/).filter(Boolean);
  const found: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    if (Math.abs(other.length - wanted.length) <= most) {
      const distance = editDistance(wanted, other, most);
      if (distance <= most && distance < wanted.length) {
        // Swapped letters are one slip, though they count as two edits.
        found.push({ candidate, distance: lettersOf(other) === letters ? distance - 0.5 : distance });
        continue;
      }
    }
    if (words.length > 1 && words.every((word) => hasWord(other, word))) {
      found.push({ candidate, distance: other.length });
    }
  }
  found.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return found.slice(0, count).map(({ candidate }) => candidate);
}

/** `; did you mean \`eval\`?`, to follow a clause that names the mistyped word; a full stop where nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const [near] = nearestNames(name, candidates, 1);
  return near === undefined ? '.' : `; did you mean \`${near}\`?`;
}

function lettersOf(name: string): string {
  return [...name].sort().join('');
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const before = at === 0 || /\W/.test(text[at - 1]!);
    const after = at + word.length === text.length || /\W/.test(text[at + word.length]!);
    if (before && after) return true;
  }
  return false;
}

/**
 * Levenshtein distance, or a larger number than `most` when it exceeds that. Only cells within `most` of the diagonal
 * can matter, so only they are filled: a mistyped name is compared with thousands of others.
 */
export function editDistance(a: string, b: string, most: number): number {
  const width = b.length;
  const far = most + 1;
  let row = new Uint16Array(width + 1).fill(far);
  let next = new Uint16Array(width + 1).fill(far);
  for (let j = 0; j <= Math.min(width, most); j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - most);
    const to = Math.min(width, i + most);
    next[from - 1] = from === 1 ? Math.min(i, far) : far;
    let least = next[from - 1]!;
    for (let j = from; j <= to; j++) {
      const change = row[j - 1]! + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      const value = Math.min(change, row[j]! + 1, next[j - 1]! + 1, far);
      next[j] = value;
      if (value < least) least = value;
    }
    if (to < width) next[to + 1] = far;
    if (least > most) return far;
    [row, next] = [next, row];
  }
  return row[width]!;
}
