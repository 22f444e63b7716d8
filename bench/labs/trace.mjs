// What Chromium's own trace says of a page while something is done in it.

/**
 * These contain a `DrawFrame` for each drawing, and an `EventTiming` from each input to the drawing that answers it.
 */
const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
];
/** The inputs of a reader among what the browser times. */
const INPUTS = ['click', 'pointerup', 'keydown', 'keyup', 'input', 'change'];

/**
 * @param {any} page of Playwright
 * @param {() => Promise<void>} act
 * @returns {Promise<{ frames: number[], answers: number[] }>} milliseconds between drawings, and from inputs to theirs
 */
export async function traced(page, act) {
  const session = await page.context().newCDPSession(page);
  /** @type {any[]} */
  const events = [];
  session.on('Tracing.dataCollected', (/** @type {any} */ { value }) => events.push(...value));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES },
  });
  await act();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const drawn = events.filter(({ name }) => name === 'DrawFrame').map(({ ts }) => ts / 1000);
  drawn.sort((a, b) => a - b);
  const begun = new Map();
  const answers = [];
  for (const { ph, id, id2, ts, args } of events.filter(({ name }) => name === 'EventTiming')) {
    const key = id ?? id2?.local;
    if (ph === 'b' && INPUTS.includes(args?.data?.type)) begun.set(key, ts);
    else if (ph === 'e' && begun.has(key)) answers.push((ts - begun.get(key)) / 1000);
  }
  return { frames: drawn.slice(1).map((at, i) => at - /** @type {number} */ (drawn[i])), answers };
}
