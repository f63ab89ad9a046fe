/** IPv4 and IPv6 addresses and networks. */

export interface Network {
  version: 4 | 6;
  /** The address as a number. */
  address: bigint;
  bits: number;
}

/** A network such as `10.0.0.0/8` or `fe80::/10`; undefined where it is none. */
export function networkOf(text: string): Network | undefined {
  const [address, bits, ...rest] = text.trim().split('/');
  const found = addressOf(address ?? '');
  if (found === undefined || rest.length > 0) return undefined;
  const most = found.version === 4 ? 32 : 128;
  const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (length < 0 || length > most) return undefined;
  return { ...found, bits: length };
}

/** An IPv4 or IPv6 address as a number. */
export function addressOf(text: string): { version: 4 | 6; address: bigint } | undefined {
  const four = ipv4(text);
  if (four !== undefined) return { version: 4, address: four };
  if (!text.includes(':')) return undefined;
  const mapped = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const tail = mapped ? ipv4(mapped[2]!) : undefined;
  if (mapped && tail === undefined) return undefined;
  const full = mapped ? `${mapped[1]}${(tail! >> 16n).toString(16)}:${(tail! & 0xffffn).toString(16)}` : text;
  const halves = full.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - groups.flat().length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [
    ...groups[0]!,
    ...Array<string>(halves.length === 2 ? missing : 0).fill('0'),
    ...(groups[1] ?? []),
  ];
  let address = 0n;
  for (const group of all) {
    if (!/^[\da-f]{1,4}$/i.test(group)) return undefined;
    address = (address << 16n) | BigInt(`0x${group}`);
  }
  return { version: 6, address };
}

function ipv4(text: string): bigint | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  const parts = match.slice(1).map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return BigInt(parts.reduce((sum, part) => sum * 256 + part, 0));
}

/** Whether an address is in a network of its own version. */
export function inNetwork(text: string, network: Network): boolean {
  const found = addressOf(text.trim());
  if (found === undefined || found.version !== network.version) return false;
  const shift = BigInt((network.version === 4 ? 32 : 128) - network.bits);
  return found.address >> shift === network.address >> shift;
}
