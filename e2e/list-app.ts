/** Steps on pages that are list applications. */
import { expect, type Page, test } from '@playwright/test';
import { violations as found } from './axe.ts';

export const count = (page: Page) => page.locator('output');
export const rows = (page: Page) => page.locator('.app-rows tbody tr');
export const total = async (page: Page) =>
  Number(/^[\d,]+/.exec((await count(page).textContent())!)![0].replace(',', ''));

export async function open(page: Page, address = '/detections/') {
  await page.goto(address);
  await expect(page.locator('.list-app')).toBeVisible({ timeout: 15_000 });
}

export function facet(page: Page, name: string) {
  const title = page.locator('summary').getByText(name, { exact: true });
  return page.locator('details.facet').filter({ has: title });
}

/** Axe reads every cell of a hundred rows, which takes most of the usual limit. */
export function violations(page: Page): Promise<string[]> {
  test.slow();
  return found(page);
}
