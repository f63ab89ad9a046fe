/** `gzip` by its magic number, `zip` by that of a local header or of an empty archive. */
export function compressionOf(head: Uint8Array): 'gzip' | 'zip' | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return 'zip';
  return undefined;
}
