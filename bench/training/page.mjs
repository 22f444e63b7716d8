// The worker of chromium.mjs's page: it gets the digits once, then trains on request, as measure.mjs does.

import { loadPortable } from '../../packages/core/dist/train/engines/portable.js';
import { prepareFrom } from '../../packages/core/dist/train/prepare.js';
import { stepTime } from './step-time.mjs';

/** @type {Promise<(question: import('./step-time.mjs').Question) => Promise<{ ms: number }>>} */
let ready;

/** @param {{ wasm: string, pixels: string, labels: string }} given their addresses */
async function begin({ wasm, pixels, labels }) {
  const bytesAt = async (/** @type {string} */ url) => (await fetch(url)).arrayBuffer();
  const kinds = ['', '-simd', '-threaded-simd'];
  const paths = Object.fromEntries(kinds.map((kind) => [`tfjs-backend-wasm${kind}.wasm`, wasm]));
  const digits = { pixels: new Float32Array(await bytesAt(pixels)), labels: new Int32Array(await bytesAt(labels)) };
  const sources = { mnist: async () => digits, csv: () => Promise.reject(new Error('a page has no files')) };
  const on = {
    engine: await loadPortable(paths),
    prepare: (/** @type {import('@whorl/core').Config} */ config) => prepareFrom(sources, config),
    mode: 'compiled',
  };
  return (/** @type {import('./step-time.mjs').Question} */ question) => stepTime(on, question);
}

addEventListener('message', async ({ data }) => {
  try {
    if (data.given) ready = begin(data.given);
    const ask = await ready;
    postMessage(data.question ? await ask(data.question) : {});
  } catch (error) {
    postMessage({ error: String(/** @type {Error} */ (error).stack) });
  }
});
