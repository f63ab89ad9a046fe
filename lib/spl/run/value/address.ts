/** IPv4 and IPv6 addresses and subnets, for `cidrmatch`, CIDR lookups, `field=10.0.0.0/8` and `sort ip(...)`. */

/** Address as 16-bit groups: two for IPv4, eight for IPv6. */
export type Address = readonly number[];

/** A subnet: matches an address of the same family whose first `bits` bits agree. */
export interface Subnet {
  readonly groups: Address;
  readonly bits: number;
}

/** Undefined when the text is not an address. IPv4 needs four decimal parts up to 255; `::ffff:1.2.3.4` is IPv6. */
export function parseAddress(text: string): Address | undefined {
  if (text.length < 2 || text.length > 45) return undefined;
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const bytes: number[] = [];
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part)) return undefined;
    const byte = Number(part);
    if (byte > 255) return undefined;
    bytes.push(byte);
  }
  return [bytes[0]! * 256 + bytes[1]!, bytes[2]! * 256 + bytes[3]!];
}

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0]!);
  const tail = halves.length === 2 ? parseGroups(halves[1]!) : [];
  if (head === undefined || tail === undefined) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? undefined : [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (part.includes('.')) {
      const embedded = i === parts.length - 1 ? parseIpv4(part) : undefined;
      if (embedded === undefined) return undefined;
      groups.push(...embedded);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

/** Undefined when the text is not `address/bits`. A bare address is a subnet of one when `bare` is set. */
export function parseSubnet(text: string, bare = false): Subnet | undefined {
  const slash = text.indexOf('/');
  if (slash === -1) {
    const groups = bare ? parseAddress(text) : undefined;
    return groups && { groups, bits: groups.length * 16 };
  }
  const groups = parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (groups === undefined || !/^\d{1,3}$/.test(length)) return undefined;
  const bits = Number(length);
  return bits <= groups.length * 16 ? { groups, bits } : undefined;
}

export function subnetContains(subnet: Subnet, address: Address): boolean {
  if (subnet.groups.length !== address.length) return false;
  for (let i = 0, left = subnet.bits; left > 0; i++, left -= 16) {
    const mask = left >= 16 ? 0xffff : (0xffff << (16 - left)) & 0xffff;
    if (((subnet.groups[i]! ^ address[i]!) & mask) !== 0) return false;
  }
  return true;
}
