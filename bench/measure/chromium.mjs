import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from '../../scripts/setup/browser.mjs';
import { packageFolder } from '../../scripts/setup/places.mjs';

/** The Chromium of the end-to-end tests, started by Playwright. @returns {Promise<any>} */
export async function launchChromium() {
  const entry = pathToFileURL(path.join(packageFolder('playwright-core'), 'index.mjs')).href;
  const { chromium } = await import(entry);
  return chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
}
