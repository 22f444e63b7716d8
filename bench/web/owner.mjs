/** How long the owner pauses between two queries. */
const PAUSE_MS = 50;

/**
 * Sends small queries one after another, as the owner's pages do, until `signal` aborts.
 * @param {import('./server.mjs').Server} server
 * @param {string} experimentId
 * @param {AbortSignal} signal
 * @returns {Promise<number[]>} how long each answer took, in ms
 */
export async function askAsOwner(server, experimentId, signal) {
  const questions = [
    /** @type {const} */ (['experiments.list', {}]),
    /** @type {const} */ (['experiments.get', { experimentId }]),
    /** @type {const} */ (['runs.table', { target: { experimentId }, fields: ['name', 'status'], limit: 20 }]),
  ];
  const took = [];
  for (let i = 0; !signal.aborted; i++) {
    const [procedure, input] = /** @type {typeof questions[0]} */ (questions[i % questions.length]);
    const start = performance.now();
    await server.ask(procedure, input);
    took.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return took;
}
