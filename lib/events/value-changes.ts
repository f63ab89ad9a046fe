/** Changes of a field's value that extraction and data models share. Each gives undefined where there is no such part. */

import type { FieldValue } from './record.ts';

export const each =
  (change: (value: string) => string | undefined) =>
  (value: FieldValue): FieldValue | undefined => {
    if (typeof value === 'string') return change(value);
    const changed = value.map(change).filter((member) => member !== undefined);
    return changed.length === 0 ? undefined : changed.length === 1 ? changed[0] : changed;
  };

export const lower = each((value) => value.toLowerCase());

/** File name of a Windows or Unix path. */
export const basename = each(
  (value) => value.slice(Math.max(value.lastIndexOf('\\'), value.lastIndexOf('/')) + 1) || undefined,
);

export const length = each((value) => String(value.length));

/** Host name of a URL, or of `host:port`. */
export const urlHost = each(
  (value) => /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/@]*@)?([^/:?#]+)/i.exec(value)?.[1],
);

export const urlPath = each(
  (value) => /^(?:[a-z][a-z0-9+.-]*:\/\/[^/]+)?([^?#]*)/i.exec(value)?.[1] || undefined,
);

/** First word of a command line, quotes removed. */
export const commandProcess = each((value) =>
  /^\s*(?:"([^"]+)"|(\S+))/
    .exec(value)
    ?.slice(1)
    .find((part) => part !== undefined),
);
