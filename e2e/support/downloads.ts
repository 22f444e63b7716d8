import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';

/** What the browser saves when the control is pressed. */
export async function saved(page: Page, control: Locator): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), control.click()]);
  return readFile(await file.path());
}

/** Opens a chart's menu and saves the chart. @param menu the name of the menu's button */
export async function savedChart(page: Page, menu: string | RegExp, what: 'PNG' | 'SVG' | 'CSV'): Promise<Buffer> {
  await page.getByRole('button', { name: menu }).click();
  return saved(page, page.getByRole('menuitem', { name: `Save as ${what}` }));
}
