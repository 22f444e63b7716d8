import { Agent, request } from 'node:http';

/** How long the page of a live experiment waits before it asks for its table again, as in `changes.ts`. */
const AGAIN_MS = 1_000;
/** Matches an event that changes rows of the table. */
const NEWS = /"(?:logged|touched)":\[["{]|"isNews":true/;

/**
 * @typedef {object} Seen what viewers saw together
 * @property {number[]} pages how long each page took, in ms
 * @property {{ total: number, at: number }[]} updates how many points of the loss a viewer had, and since when
 * @property {string[]} errors
 */

/** A page of a shared experiment as in a browser: the page, its live stream, and its queries on news. */
export class Viewer {
  #agent = new Agent({ keepAlive: true, maxSockets: 6 });
  #stopped = false;
  #isAsking = false;
  #spread = Math.random();
  #isDue = false;
  /** @type {import('node:http').ClientRequest | undefined} */
  #stream;

  /** @param {string} url the link @param {string} experimentId @param {Seen} seen */
  constructor(url, experimentId, seen) {
    this.url = url;
    this.target = { experimentId };
    this.seen = seen;
  }

  /** Opens the page and what it loads. */
  async open() {
    const since = Date.now();
    const start = performance.now();
    await this.#get(this.url);
    this.seen.pages.push(performance.now() - start);
    this.#watch(since);
    const chart = { x: 'step', range: null, buckets: 1000, smoothing: 0, by: [], raw: true, mean: false, only: null };
    await Promise.all([
      this.#ask('curves.outline', { target: this.target, by: null, seeds: false }),
      this.#ask('curves.chart', { ...chart, key: 'loss', target: this.target }),
      this.#ask('curves.chart', { ...chart, key: 'accuracy', target: this.target }),
    ]);
  }

  close() {
    this.#stopped = true;
    this.#stream?.destroy();
    this.#agent.destroy();
  }

  async #look() {
    const fields = ['name', 'metrics.accuracy', 'metrics.loss', 'seed', 'status', 'duration', 'model.activation'];
    const rows = { target: { ...this.target, query: '', archived: false }, fields, sort: [], offset: 0, limit: 100 };
    const groups = { target: { ...this.target, query: 'status = "finished"', archived: false }, by: [], sort: [] };
    this.#isDue = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    // Each guest's page asks at a moment of its own.
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS * this.#spread));
    while (this.#isDue && !this.#stopped) {
      this.#isDue = false;
      await this.#batch({
        'runs.table': rows,
        'runs.fields': { target: this.target },
        'grouping.groups': { ...groups, metrics: ['metrics.accuracy', 'metrics.loss'] },
      });
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    this.#isAsking = false;
  }

  /** @param {string} procedure @param {unknown} input */
  async #ask(procedure, input) {
    await this.#get(`${this.url}/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`);
  }

  /** @param {Record<string, unknown>} questions their inputs by procedure */
  async #batch(questions) {
    const input = JSON.stringify({ ...Object.values(questions).map((json) => ({ json })) });
    const paths = Object.keys(questions).join(',');
    await this.#get(`${this.url}/trpc/${paths}?batch=1&input=${encodeURIComponent(input)}`);
  }

  /** @param {string} address @returns {Promise<void>} */
  #get(address) {
    return new Promise((resolve) => {
      const failed = (/** @type {string} */ what) => {
        if (!this.#stopped) this.seen.errors.push(what);
        resolve();
      };
      const sent = request(address, { agent: this.#agent }, (response) => {
        if (response.statusCode !== 200) failed(`${response.statusCode} ${address.slice(0, 200)}`);
        response.resume().once('end', () => resolve());
        response.once('error', (error) => failed(error.message));
      });
      sent.once('error', (error) => failed(error.message));
      sent.end();
    });
  }

  /** @param {number} since */
  #watch(since) {
    const followed = { target: this.target, keys: ['accuracy', 'loss'], experiments: [this.target.experimentId] };
    const input = { ...followed, frames: false, times: false, list: false, files: [], since };
    const address = `${this.url}/trpc/live.watch?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
    const failed = (/** @type {string} */ what) => {
      if (!this.#stopped) this.seen.errors.push(what);
    };
    this.#stream = request(address, { headers: { Accept: 'text/event-stream' } }, (response) => {
      if (response.statusCode !== 200) failed(`${response.statusCode} live.watch`);
      let text = '';
      response.setEncoding('utf8').on('data', (/** @type {string} */ part) => {
        text += part;
        const end = text.lastIndexOf('\n\n');
        if (end < 0) return;
        // Parsing each event, two hundred times on this one machine, would dominate what is measured.
        for (const [, total] of text.slice(0, end).matchAll(/"key":"loss","offset":\d+,"total":(\d+)/g))
          this.seen.updates.push({ total: Number(total), at: performance.now() });
        if (NEWS.test(text)) void this.#look();
        text = text.slice(end + 2);
      });
      response.once('close', () => failed('the stream ended'));
      response.once('error', () => {});
    });
    this.#stream.once('error', (error) => failed(error.message));
    this.#stream.end();
  }
}
