import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { CONCEPTS } from '../support/concepts.ts';
import { expect, grid, QUICK, sharing, test, type Whorl } from '../support/whorl.ts';

const LANGUAGES = [
  { prefix: '', language: 'English', turn: 0 },
  { prefix: '/zh', language: 'Chinese', turn: 1 },
] as const;

interface View {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

const [WIDE, NARROW] = [1280, 390];
/** What each page in turn is seen as, in English and in Chinese: each in both widths and both themes. */
const VIEWS: readonly (readonly [View, View])[] = [
  [
    { width: WIDE, colorScheme: 'light' },
    { width: NARROW, colorScheme: 'dark' },
  ],
  [
    { width: NARROW, colorScheme: 'dark' },
    { width: WIDE, colorScheme: 'light' },
  ],
  [
    { width: WIDE, colorScheme: 'dark' },
    { width: NARROW, colorScheme: 'light' },
  ],
  [
    { width: NARROW, colorScheme: 'light' },
    { width: WIDE, colorScheme: 'dark' },
  ],
];
const WIDTHS = [WIDE, NARROW];

interface Recorded {
  readonly experiment: string;
  readonly run: string;
  readonly softmax: string;
  readonly others: readonly string[];
}

/** A record with something of everything that pages show. */
async function record(whorl: Whorl): Promise<Recorded> {
  const { experiment, runs } = await grid(whorl);
  const softmax = await whorl.recorded('softmax', ...QUICK);
  const [run = '', ...others] = runs.filter(({ seed }) => seed === 1).map(({ id }) => id);
  return { experiment: experiment.id, run, softmax: softmax.runs[0]?.id ?? '', others };
}

/** An address below a language. */
const inLanguage = (prefix: string, path: string): string => (prefix === '' ? path : prefix + path.replace(/^\/$/, ''));

interface Violation {
  readonly id: string;
  readonly targets: readonly string[];
}

/**
 * What axe finds on the page as it is, or in what stands above it. Its source is evaluated beside the page, where no policy
 * stops it.
 */
async function violations(page: Page): Promise<Violation[]> {
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const above = document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]');
    const { violations } = await axe.run(above ?? document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => ({
      id,
      targets: nodes.slice(0, 4).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
    }));
  });
}

/** What answers a new width a frame or two later has done so: a formula that scrolls now takes the focus. */
const settled = (page: Page) =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100)))),
  );

/** The page in the view that it has in its turn. */
async function expectNothing(page: Page, { width, colorScheme }: View, name: string): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await settled(page);
  expect.soft(await violations(page), `${name}, ${width} px, ${colorScheme}`).toEqual([]);
}

/** The view of the page of this number. */
const viewOf = (i: number, turn: 0 | 1): View => (VIEWS[i % VIEWS.length] as (typeof VIEWS)[number])[turn];

/** Everything that a page reads after its first paint is there. */
async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
  await expect(page.locator('[data-connection="reading"]')).toHaveCount(0);
  await page.waitForTimeout(500);
}

for (const { prefix, language, turn } of LANGUAGES) {
  sharing(`axe finds nothing on any page in ${language}`, async ({ app, whorl, page }) => {
    test.setTimeout(300_000);
    const { experiment, run, softmax, others } = await record(whorl);
    const { share } = await whorl.json<{ share: { url: string } }>('share', experiment);
    const { origin, pathname } = new URL(share.url);
    const paths = [
      '/',
      '/?text=nothing+has+this+name',
      '/?archived=1',
      `/experiments/${experiment}`,
      `/runs/${run}`,
      `/runs/${softmax}`,
      `/compare?runs=${run},${others.join(',')}`,
      '/compare',
      '/log?program=browser',
      '/playground',
      '/concepts',
      ...CONCEPTS.map((slug) => `/concepts/${slug}`),
      '/nope',
      '/runs/nope',
    ];
    const addresses = [
      ...paths.map((path) => app.url + inLanguage(prefix, path)),
      ...[pathname, `${pathname}/runs/${run}`, `${pathname}x`].map((path) => origin + inLanguage(prefix, path)),
    ];
    for (const [i, address] of addresses.entries()) {
      await page.goto(address);
      await settle(page);
      await expectNothing(page, viewOf(i, turn), address);
    }
  });
}

for (const { prefix, language, turn } of LANGUAGES) {
  // Each is opened in one of the languages, and looked at in two views that have both widths and both themes between them.
  sharing(`axe finds nothing in a dialog or menu that is open in ${language}`, async ({ app, whorl, page }) => {
    test.setTimeout(300_000);
    const { experiment, run, softmax } = await record(whorl);
    const openings: readonly (readonly [path: string, buttons: readonly RegExp[]])[] = [
      ['/', [/New experiment|新建实验/]],
      ['/', [/Actions for spiral|spiral.*的操作/]],
      ['/', [/Actions for spiral|spiral.*的操作/, /^(Rename|重命名)$/]],
      ['/', [/Actions for spiral|spiral.*的操作/, /^(Notes|笔记)$/]],
      [`/experiments/${experiment}`, [/^(Share|分享)$/]],
      [`/runs/${run}`, [/Compare with|与…比较/]],
      [`/runs/${run}`, [/Rename this run|重命名这次运行/]],
      [`/runs/${softmax}`, [/^(More for Reliability|.*可靠性.*)$/]],
      [`/runs/${run}`, [/Write notes|写笔记/]],
      [`/experiments/${experiment}`, [/^Actions for|的操作$/, /^(Delete|删除)$/]],
      ['/?archived=1', [/^(Delete old|删除旧内容)$/, /^(Show what goes|查看将删除什么)$/]],
      [`/runs/${run}`, [/^(Delete|删除)$/]],
      [`/runs/${run}`, [/^(Archive|归档)$/]],
      [`/runs/${run}`, [/^(Restore|取消归档)$/]],
    ];
    for (const [i, [path, buttons]] of openings.entries()) {
      if ((i >> 1) % 2 !== turn) continue; // two by two: what is archived is restored by the same test
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(app.url + inLanguage(prefix, path));
      await settle(page);
      for (const name of buttons) {
        await page.getByRole('button', { name }).or(page.getByRole('menuitem', { name })).first().click();
        await page.waitForTimeout(300);
      }
      for (const view of [0, 1] as const) {
        await expectNothing(page, viewOf(i, view), `${inLanguage(prefix, path)}, ${buttons.join(', ')}`);
      }
    }
  });
}

/** Marks what can be used on the page, and says how many there are. Of a group of radio buttons one is enough. */
async function markInteractive(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const selector = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]';
    const groups = new Set<string>();
    return [...document.querySelectorAll<HTMLElement>(selector)]
      .filter((element) => {
        const { name, type } = element as HTMLInputElement;
        if (type === 'radio' && name) {
          if (groups.has(name)) return false;
          groups.add(name);
        }
        return (
          element.tabIndex >= 0 &&
          !(element as HTMLButtonElement).disabled &&
          element.checkVisibility({ visibilityProperty: true }) &&
          element.closest('[aria-hidden="true"], [inert]') === null &&
          element.getClientRects().length > 0
        );
      })
      .map((element, i) => {
        element.dataset.reach = String(i);
        const text = element.getAttribute('aria-label') ?? element.textContent ?? '';
        return `${i} <${element.tagName.toLowerCase()}> ${text.trim().slice(0, 60)}`;
      });
  });
}

interface Focus {
  /** The number of a marked element; null for another one. */
  readonly reach: string | null;
  readonly visible: boolean;
  readonly what: string;
}

/** Where the focus is, and whether it can be seen there or around it. */
const focusOf = (page: Page): Promise<Focus | null> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return null;
    const isSeen = (at: Element | null, above: number): boolean => {
      if (!at || above < 0) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || isSeen(at.parentElement, above - 1);
    };
    return {
      reach: element.dataset.reach ?? null,
      visible: element.getAttribute('aria-hidden') === 'true' || isSeen(element, 2),
      what: element.outerHTML.slice(0, 120),
    };
  });

for (const width of WIDTHS) {
  sharing(
    `at ${width} px the Tab key reaches everything, shows where it is, and goes on`,
    async ({ app, whorl, page }) => {
      test.setTimeout(300_000);
      const { experiment, run, others } = await record(whorl);
      const { share } = await whorl.json<{ share: { url: string } }>('share', experiment);
      const addresses = [
        ...['/', `/experiments/${experiment}`, `/runs/${run}`, `/compare?runs=${run},${others[0]}`].map(
          (path) => app.url + path,
        ),
        ...['/concepts', '/concepts/spiral', '/playground', '/log', '/nope'].map((path) => app.url + path),
        share.url,
      ];
      await page.setViewportSize({ width, height: 900 });
      for (const address of addresses) {
        await page.goto(address);
        await settle(page);
        await page.waitForTimeout(1_000); // nothing may come while the focus walks
        const named = await markInteractive(page);
        expect(named.length, address).toBeGreaterThan(3);
        const reached = new Set<string>();
        const unseen: string[] = [];
        for (let i = 0; i < named.length + 40; i++) {
          await page.keyboard.press('Tab');
          const focus = await focusOf(page);
          if (focus === null) {
            if (i > 0) break; // left the page at its end
            continue;
          }
          if (focus.reach !== null && reached.has(focus.reach)) break; // around
          if (focus.reach !== null) reached.add(focus.reach);
          if (!focus.visible) unseen.push(focus.what);
        }
        const missed = named.filter((name) => !reached.has(name.split(' ', 1)[0] ?? ''));
        expect.soft(missed, `not reached at ${address}, ${width} px`).toEqual([]);
        expect.soft(unseen, `focus not seen at ${address}, ${width} px`).toEqual([]);
      }
    },
  );
}

sharing('a dialog keeps the focus while it is open and gives it back', async ({ app, whorl, page }) => {
  await grid(whorl);
  await page.goto(app.url);
  const open = page.getByRole('button', { name: 'New experiment' });
  await open.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox').first()).toBeFocused();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    // Bug: a guard at either end passes the focus on in the next frame, and a Tab before that one left the page.
    await page.waitForFunction(() => !document.activeElement?.hasAttribute('data-base-ui-focus-guard'));
    expect(await page.evaluate(() => Boolean(document.activeElement?.closest('[role="dialog"]')))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(open).toBeFocused();
});
