import { expect, QUICK, type RunsDocument, test } from '../support/whorl.ts';

// What a concept page says of the record: nothing while nothing is recorded, and without a reload what there is.

const IDLE = /not been shown here yet|No runs of this study are recorded here yet/;

test('a concept page fills in from the quick course while it is open, and is empty again when the runs are deleted', async ({
  app,
  whorl,
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(`${app.url}/concepts/repeatability`);
  const evidence = page.locator('[data-evidence]');
  await expect(evidence).toHaveText(IDLE);
  await expect(evidence).toContainText('npx whorl course --quick --only repeatability');
  const figure = page.locator('[data-measured=few110]');
  const written = await figure.textContent();
  expect(written).toMatch(/^0\.\d{3}$/);
  await expect(figure.locator('a')).toHaveCount(0);

  // The guess is kept in this browser alone, and is shown beside what the runs say.
  await page.getByRole('radio', { name: 'Now one, now the other' }).check();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Now one, now the other' })).toBeChecked();

  // Of the studies that train, its quick course is the shortest.
  await whorl.run('course', '--quick', '--only', 'repeatability', '--json');
  await expect(evidence).toHaveAttribute('data-evidence', 'repeatability');
  const rows = evidence.locator('tbody tr');
  await expect(rows).toHaveCount(4);
  for (const row of await rows.all()) await expect(row.locator('td').first()).toHaveText('3');
  await expect(evidence).toContainText('12 runs, 3 seeds');
  await expect(evidence.locator('[data-predicted]')).toHaveText('You predicted: Now one, now the other');
  await expect(evidence.locator('[data-outcome]')).toHaveCount(2);

  // A number in a sentence is the mean of the table, and leads to its runs.
  const few = rows.nth(2);
  await expect(few).toContainText('hidden=[110] · n=50');
  const mean = Number((await few.locator('td').nth(1).textContent())?.split(' ')[0]);
  await expect(figure).toHaveText(mean.toFixed(3));
  await figure.locator('a').click();
  await expect(page).toHaveURL(/\/experiments\/\w+\?q=model\.hidden/);
  await page.goBack();
  await evidence.getByRole('link', { name: 'Compare the runs' }).click();
  await expect(page).toHaveURL(/\/compare\?.*metric=metrics\.testAccuracy/);
  await page.goto(`${app.url}/zh/concepts/repeatability`);
  await expect(page.locator('[data-measured=few110]')).toHaveText(mean.toFixed(3));

  await whorl.run('rm', 'repeatability (quick)', '--yes', '--json');
  await expect(evidence).toHaveAttribute('data-evidence', 'none');
  await expect(figure).toHaveText(written ?? '');
  await expect(figure.locator('a')).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('self-checks unfold, and demonstrations appear on the page that they are about', async ({ app, whorl, page }) => {
  await page.goto(`${app.url}/concepts/repeatability`);
  await expect(page.locator('[data-evidence]')).toHaveText(IDLE);
  const check = page.locator('[data-check]').first();
  await expect(check.locator('p')).toBeHidden();
  await check.locator('summary').press('Enter');
  await expect(check.locator('p')).toBeVisible();
  await whorl.run('run', 'tensors', '--json');
  await page.goto(`${app.url}/concepts/tensors`);
  await expect(page.locator('[data-evidence=tensors] [data-outcome=shown]')).toBeVisible();
});

test('Ctrl-K finds concepts, studies, experiments and runs by their names in either language, by keyboard', async ({
  app,
  whorl,
  page,
}) => {
  const { experiment, runs } = await whorl.json<RunsDocument>('run', 'spiral', ...QUICK, '--name', 'my first whorl');
  await page.goto(`${app.url}/concepts`);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox');
  await expect(field).toBeFocused();
  await field.fill('学习率');
  await expect(page.getByRole('option', { name: 'The learning rate' })).toHaveAttribute('aria-selected', 'true');
  await field.fill('first whorl');
  await expect(page.getByRole('group', { name: 'Experiments' })).toContainText(experiment.name);
  await field.fill(runs[0]?.id ?? '');
  await expect(page.getByRole('group', { name: 'Runs' }).getByRole('option')).toContainText('my first whorl');
  await field.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/runs/${runs[0]?.id}`));
  // And the way from the run back to what it is about.
  await page.getByRole('link', { name: 'The concept behind it' }).click();
  await expect(page).toHaveURL(/\/concepts\/spiral$/);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('nowhere to be found');
  await expect(page.getByRole('status').filter({ hasText: 'Nothing has this name.' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a page leads back to the section where it was left, and the list says how far it was read', async ({
  app,
  page,
}) => {
  await page.goto(`${app.url}/concepts/width-vs-depth`);
  const headings = page.locator('.prose > h2');
  const sections = await headings.count();
  await expect(page.locator('[data-continue]')).toHaveCount(0);
  const third = await headings.nth(2).textContent();
  await headings.nth(2).evaluate((heading) => heading.scrollIntoView());
  // In the other language it is the same section.
  const kept = () => page.evaluate(() => localStorage.getItem('whorl.reading.width-vs-depth'));
  await expect.poll(kept).toBe(`3/${sections}`);
  await page.goto(`${app.url}/zh/concepts/width-vs-depth`);
  await expect(page.locator('[data-continue]')).toHaveText(/^从“.+”继续$/);
  await page.goto(`${app.url}/concepts/width-vs-depth`);
  await page.getByRole('link', { name: `Continue at “${third}”` }).press('Enter');
  await expect(headings.nth(2)).toBeInViewport();
  await expect(page).toHaveURL(/#/);

  await page.goto(`${app.url}/concepts`);
  const mark = page.locator('[data-read]');
  await expect(mark).toHaveText([`read to section 3 of ${sections}`]);
  await page.goto(`${app.url}/concepts/width-vs-depth`);
  await page.keyboard.press('End');
  await expect.poll(kept).toBe(`${sections}/${sections}`);
  await page.goto(`${app.url}/concepts`);
  await expect(mark).toHaveText(['read']);
});
