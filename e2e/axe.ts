import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Marks cells of tables in which nothing looks new: elements, classes and states, from the cell's row down, came before. */
function markRepeatedCells(): void {
  const TELLING = /^(?:class|type|role|hidden|open|disabled|aria-(?!label|describedby|controls).*)$/;
  const look = (element: Element) =>
    [
      element.tagName,
      ...[...element.attributes].map(({ name, value }) => (TELLING.test(name) ? `${name}=${value}` : name)),
    ].join(' ');
  for (const table of document.querySelectorAll('tbody')) {
    const seen = new Set<string>();
    for (const cell of table.querySelectorAll(':scope > tr > *')) {
      const before = new Map<Element, string>([[cell.parentElement!, look(cell.parentElement!)]]);
      for (const element of [cell, ...cell.querySelectorAll('*')])
        before.set(element, `${before.get(element.parentElement!)} > ${look(element)}`);
      const looks = [...before.values()];
      cell.toggleAttribute(
        'data-repeated',
        looks.every((each) => seen.has(each)),
      );
      for (const each of looks) seen.add(each);
    }
  }
}

/**
 * What axe finds on the page, one text per rule. Contrast, which takes nearly all of axe's time, is looked at once for
 * cells of a table that look the same; every other rule looks at all of them.
 */
export async function violations(page: Page): Promise<string[]> {
  const options = { resultTypes: ['violations' as const] };
  const rules = await new AxeBuilder({ page }).options(options).disableRules('color-contrast').analyze();
  await page.evaluate(markRepeatedCells);
  // Options would take the place of the chosen rule.
  const contrast = await new AxeBuilder({ page })
    .withRules('color-contrast')
    .exclude('[data-repeated]')
    .analyze();
  return [...rules.violations, ...contrast.violations].map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map((node) => node.html)
        .join(' | ')}`,
  );
}
