import { CONCEPTS } from '../support/concepts.ts';
import { expect, test } from '../support/whorl.ts';

// What every concept page says of a record that holds the whole quick course.

test('every page has its evidence from the quick course, says where its sentences no longer hold, and is empty again without the runs', async ({
  app,
  whorl,
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  const evidence = page.locator('[data-evidence]');
  await whorl.recordMadeUpCourse();
  const { studies } = await whorl.json<{ studies: { id: string; claims: string[] }[] }>('studies');
  for (const slug of CONCEPTS) {
    await page.goto(`${app.url}/concepts/${slug}`);
    const id = await evidence.getAttribute('data-evidence');
    const study = studies.find((one) => one.id === id);
    expect(study, slug).toBeDefined();
    await expect(evidence.locator('[data-outcome]'), slug).toHaveCount(study?.claims.length ?? 0);
    if (id === 'tensors') continue; // it is shown, and trains nothing
    await expect(evidence.locator('tbody tr').first().locator('td').first(), slug).toHaveText('3');
    // Every number of a sentence leads to its runs; all of the quick plan's are recorded.
    const bound = page.locator('[data-measured]');
    await expect(bound.locator('a'), slug).toHaveCount(await bound.count());
    for (const pictures of await evidence.locator('[data-pictures]').all()) {
      await pictures.scrollIntoViewIfNeeded();
      // Of these the made-up course has no file.
      if ((await pictures.getAttribute('data-pictures')) === 'calibration') continue;
      await expect(pictures.locator('canvas, svg image').nth(1), slug).toBeVisible();
    }
  }

  // Made-up networks with sigmoid do as well as the others, against what the page says.
  await page.goto(`${app.url}/concepts/activations`);
  const sigmoid = page.locator('[data-measured=sigmoid][data-contradicted]').first();
  await expect(sigmoid).toContainText(/no longer so: written with 0\.\d+/);
  // At the rate of 10 the made-up networks diverge, and the page states a loss.
  await page.goto(`${app.url}/concepts/learning-rate`);
  await expect(page.locator('[data-measured=sgdHuge]')).toContainText('no recorded run gets there');
  await page.goto(`${app.url}/zh/concepts/activations`);
  await expect(sigmoid).toContainText('已不再成立');

  // The page that is open loses its evidence without being loaded again; of the others what the server sends is read.
  const { experiments } = await whorl.json<{ experiments: { name: string }[] }>('ls');
  await whorl.run('rm', ...experiments.map(({ name }) => name), '--yes', '--json');
  await expect(evidence).toHaveAttribute('data-evidence', 'none');
  for (const slug of CONCEPTS) {
    const sent = await (await fetch(`${app.url}/concepts/${slug}`)).text();
    expect(sent, slug).toContain('data-evidence="none"');
    expect(sent, slug).toContain('npx whorl course --quick --only ');
    expect(sent, slug).not.toMatch(/data-measured="\w+"[^>]*><a /);
  }
  expect(errors).toEqual([]);
});
