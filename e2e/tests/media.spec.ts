import { expect, sharing as test } from '../support/whorl.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const HOSTILE = `<html><body><script>document.title='stolen'</script></body></html>`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg"><script>document.title='stolen'</script></svg>`;
const MARKDOWN = `# A report

**bold** <img src=x onerror="document.title='stolen'"> <script>document.title='stolen'</script>

[bad](javascript:document.title='stolen')
`;

/** Logs a run as MLflow's client does. */
async function logRun(
  url: string,
  name: string,
  files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>,
): Promise<string> {
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${url}/api/2.0/mlflow${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { run: { info: { run_id: string; experiment_id: string } } };
  };
  const { run } = await post('/runs/create', { experiment_id: '0', run_name: name, start_time: Date.now() });
  const { run_id: id, experiment_id: experiment } = run.info;
  for (const [path, data] of Object.entries(files)) {
    const place = [experiment, id, 'artifacts', ...path.split('/')].map(encodeURIComponent).join('/');
    const kept = await fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/${place}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: data,
    });
    expect(kept.status, await kept.text()).toBe(200);
  }
  await post('/runs/log-metric', { run_id: id, key: 'loss', value: 1, step: 0, timestamp: Date.now() });
  await post('/runs/update', { run_id: id, status: 'FINISHED', end_time: Date.now() });
  return id;
}

const image = (step: number) => `images/val~samples+step+${step}+timestamp+17644000000${step}+g${step}.png`;

test('media that a program logged are shown, moved by one slider, and nothing of them runs', async ({
  page,
  app,
  whorl,
}) => {
  const png = new Uint8Array(Buffer.from(PNG, 'base64'));
  const files = {
    ...{ [image(0)]: png, [image(50)]: png, 'plot.png': png, 'report.md': MARKDOWN, 'scores.csv': 'a,b\n1,2\n3,4\n' },
    ...{ 'page.html': HOSTILE, 'drawing.svg': SVG, 'fake.png': HOSTILE, 'model.bin': new Uint8Array([0, 1, 2]) },
  };
  const [one, two] = [await logRun(app.url, 'one', files), await logRun(app.url, 'two', { [image(0)]: png })];
  await page.goto(`${app.url}/runs/${one}`);
  const media = page.getByRole('region', { name: 'Media' });
  const samples = media.locator('figure').filter({ hasText: 'val/samples' });
  await samples.scrollIntoViewIfNeeded();
  await expect(samples).toContainText('step 50');
  await expect
    .poll(() => samples.getByRole('img').evaluate((element) => (element as HTMLImageElement).naturalWidth))
    .toBe(1);
  await expect(media.locator('figure').filter({ hasText: 'fake.png' })).toContainText('not what its name says');
  await media.getByRole('slider').press('Home');
  await expect(samples).toContainText('step 0');

  for (const [name, text] of [
    ['report.md', 'A report'],
    ['page.html', '<script>'],
    ['drawing.svg', '<svg xmlns'],
  ] as const) {
    await media.getByRole('button', { name }).click();
    await expect(media).toContainText(text);
  }
  await expect(media.getByText('bold', { exact: true })).toHaveCSS('font-weight', /[67]00/);
  await expect(media.locator('script, img[onerror], a[href^="javascript"]')).toHaveCount(0);
  await media.getByRole('button', { name: 'scores.csv' }).click();
  await expect(media.getByRole('table')).toContainText('3');
  await expect(media).toContainText('2 rows.');
  expect(await page.title()).not.toContain('stolen');

  // Opened as a page of its own, it is saved and not shown.
  const href = await media.getByRole('link', { name: 'Download page.html' }).getAttribute('href');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.evaluate((address) => void location.assign(address), href ?? ''),
  ]);
  expect(saved.url()).toContain('/api/artifacts/');
  expect(await page.title()).not.toContain('stolen');

  const { share } = await whorl.json<{ share: { url: string } }>('share', one);
  await page.goto(share.url);
  await samples.scrollIntoViewIfNeeded();
  await expect
    .poll(() => samples.getByRole('img').evaluate((element) => (element as HTMLImageElement).naturalWidth), 'a guest')
    .toBe(1);
  const other = share.url.replace(/\/s\/(.*)$/, `/s/$1/runs/${two}`);
  expect((await page.request.get(other)).status()).toBe(404);

  await page.goto(`${app.url}/compare?runs=${one},${two}`);
  await media.scrollIntoViewIfNeeded();
  await media.getByRole('slider').press('Home');
  await expect(media.getByRole('img')).toHaveCount(3); // both runs' samples, and the plot of one
});
