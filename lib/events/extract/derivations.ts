import type { FieldValue } from '../record.ts';
import { basename, commandProcess, each, length, lower, urlHost, urlPath } from '../value-changes.ts';

/** Splunk's registry value text: `DWORD (0x00000001)` is `0x00000001`; a QWORD's halves are one number. */
function registryData(details: string): string | undefined {
  const dword = /^DWORD \((0x[0-9a-fA-F]+)\)$/.exec(details);
  if (dword !== null) return dword[1];
  const qword = /^QWORD \((0x[0-9a-fA-F]+)-0x([0-9a-fA-F]+)\)$/.exec(details);
  return qword === null ? details : `${qword[1]}${qword[2]}`;
}

const HIVES: readonly (readonly [RegExp, string])[] = [
  [/^\\?(?:HKLM|HKEY_LOCAL_MACHINE|REGISTRY\\MACHINE)\b/i, 'HKEY_LOCAL_MACHINE'],
  [/^\\?(?:HKU|HKEY_USERS|REGISTRY\\USER)\b/i, 'HKEY_USERS'],
  [/^\\?(?:HKCU|HKEY_CURRENT_USER)\b/i, 'HKEY_CURRENT_USER'],
  [/^\\?(?:HKCR|HKEY_CLASSES_ROOT)\b/i, 'HKEY_CLASSES_ROOT'],
];

const tryDecode = (value: string): string | undefined => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** Auditd's `proctitle` and quoted-less arguments: hexadecimal bytes, arguments apart by zero bytes. */
function hexText(value: string): string | undefined {
  if (!/^(?:[0-9A-Fa-f]{2})+$/.test(value)) return value;
  let text = '';
  for (let at = 0; at < value.length; at += 2) {
    const code = Number.parseInt(value.slice(at, at + 2), 16);
    text += code === 0 ? ' ' : String.fromCharCode(code);
  }
  return text;
}

/** Named computations on one field. Each gives undefined where its input has no such part. */
export const DERIVATIONS = {
  lower,
  upper: each((value) => value.toUpperCase()),
  basename,
  dirname: each(
    (value) => value.slice(0, Math.max(value.lastIndexOf('\\'), value.lastIndexOf('/'))) || undefined,
  ),
  /** `user` of `DOMAIN\user`. */
  account: each((value) => value.slice(value.lastIndexOf('\\') + 1) || undefined),
  /** `DOMAIN` of `DOMAIN\user`. */
  domain: each((value) => (value.includes('\\') ? value.slice(0, value.indexOf('\\')) : undefined)),
  /** Local part of an address. */
  localPart: each((value) => (value.includes('@') ? value.slice(0, value.indexOf('@')) : value)),
  /** Quotes at both ends removed. */
  unquoted: each((value) => value.replace(/^\s*"|"\s*$/g, '')),
  urlHost,
  urlPath,
  urlQuery: each((value) => /\?([^#]*)/.exec(value)?.[1]),
  urlDecode: each(tryDecode),
  length,
  commandProcess,
  commandArguments: each((value) => /^\s*(?:"[^"]+"|\S+)\s+(\S.*)$/s.exec(value)?.[1]),
  registryData: each(registryData),
  registryType: each((value) =>
    /^DWORD \(/.test(value)
      ? 'REG_DWORD'
      : /^QWORD \(/.test(value)
        ? 'REG_QWORD'
        : value === 'Binary Data'
          ? 'REG_BINARY'
          : 'REG_SZ',
  ),
  registryHive: each((value) => HIVES.find(([pattern]) => pattern.test(value))?.[1]),
  /** Last part of a registry path. */
  registryValueName: each((value) => value.slice(value.lastIndexOf('\\') + 1) || undefined),
  registryKey: each((value) => (value.includes('\\') ? value.slice(0, value.lastIndexOf('\\')) : value)),
  hexText: each(hexText),
  /** `0x1f4` → `500`. */
  hexNumber: each((value) => (/^0x[0-9a-f]+$/i.test(value) ? String(Number.parseInt(value, 16)) : value)),
  count: (value: FieldValue): FieldValue => String(typeof value === 'string' ? 1 : value.length),
  first: (value: FieldValue): FieldValue | undefined => (typeof value === 'string' ? value : value[0]),
  last: (value: FieldValue): FieldValue | undefined =>
    typeof value === 'string' ? value : value[value.length - 1],
  second: (value: FieldValue): FieldValue | undefined => (typeof value === 'string' ? undefined : value[1]),
  /** `user` of the second of several `DOMAIN\user`. */
  secondAccount: (value: FieldValue): FieldValue | undefined =>
    typeof value === 'string' ? undefined : value[1]?.slice(value[1].lastIndexOf('\\') + 1),
  /** An address of `1.2.3.4:443` or `[::1]:443`; any other text as it is. */
  clientAddress: each((value) => /^\[?([0-9a-fA-F:.]+?)\]?(?::\d+)?$/.exec(value)?.[1] ?? value),
  /** Seconds between the two times of a VPC flow record. */
  flowDuration: each((value) => {
    const cells = value.split(' ');
    const seconds = Number(cells[11]) - Number(cells[10]);
    return Number.isNaN(seconds) ? undefined : String(seconds);
  }),
  statusClass: each((value) =>
    /^[1-5]\d\d$/.test(value) ? (value < '400' ? 'success' : 'failure') : undefined,
  ),
} as const satisfies Record<string, (value: FieldValue) => FieldValue | undefined>;

export type Derivation = keyof typeof DERIVATIONS;
