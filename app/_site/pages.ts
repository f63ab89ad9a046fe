import type { ReactElement } from 'react';
import { attackPages } from '../_pages/attack.tsx';
import { contentPages } from '../_pages/content.tsx';
import { coveragePages } from '../_pages/coverage.tsx';
import { detectionPages } from '../_pages/detections.tsx';
import { fieldsPages } from '../_pages/fields.tsx';
import { guidePages } from '../_pages/guides.tsx';
import { homePages } from '../_pages/home.tsx';
import { operationsPages } from '../_pages/operations.tsx';
import { scanPages } from '../_pages/scan.tsx';
import { supportPages } from '../_pages/support.tsx';
import { workbenchPages } from '../_pages/workbench.tsx';
import type { SiteCatalog } from './site-catalog.ts';

/** Root-relative address → how to draw it. An address ends with a slash or names a file. */
export type PageTable = Map<string, () => ReactElement | Promise<ReactElement>>;

/** One function per group of pages; each lists its addresses and draws nothing until asked. */
export type PageGroup = (
  catalog: SiteCatalog,
) => Iterable<[address: string, draw: () => ReactElement | Promise<ReactElement>]>;

const GROUPS: PageGroup[] = [
  homePages,
  detectionPages,
  contentPages,
  operationsPages,
  fieldsPages,
  attackPages,
  coveragePages,
  guidePages,
  supportPages,
  workbenchPages,
  scanPages,
];

export function pageTable(catalog: SiteCatalog): PageTable {
  const table: PageTable = new Map();
  for (const group of GROUPS) {
    for (const [address, draw] of group(catalog)) {
      if (table.has(address)) throw new Error(`Two pages want the address ${address}`);
      table.set(address, draw);
    }
  }
  return table;
}
