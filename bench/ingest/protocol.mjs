import { Agent, request } from 'node:http';

const KEYS = 10;

/** A client of MLflow's protocol on connections that stay open. */
export class ProtocolClient {
  #agent;
  #base;

  /** @param {string} url @param {number} connections */
  constructor(url, connections) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#base = new URL(url);
  }

  /**
   * @param {'GET' | 'POST'} method @param {string} path below the protocol's prefix @param {unknown} [message]
   * @returns {Promise<any>} @throws Error where it is refused
   */
  ask(method, path, message) {
    const body = message === undefined ? undefined : JSON.stringify(message);
    const { hostname, port } = this.#base;
    return new Promise((resolve, reject) => {
      const headers =
        body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const options = { hostname, port, method, path: `/api/2.0/mlflow${path}`, agent: this.#agent, headers };
      const sent = request(options, (response) => {
        /** @type {Buffer[]} */
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${path}: ${response.statusCode} ${text.slice(0, 300)}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** The id of a new run. @param {string} experiment @param {string} [name] @returns {Promise<string>} */
  async run(experiment, name = 'a run') {
    const message = { experiment_id: experiment, run_name: name, start_time: 1.79e12 };
    return (await this.ask('POST', '/runs/create', message)).run.info.run_id;
  }

  /** @param {string} name @returns {Promise<string>} */
  async experiment(name) {
    return (await this.ask('POST', '/experiments/create', { name })).experiment_id;
  }

  close() {
    this.#agent.destroy();
  }
}

/** Points of ten metrics, `count` of them from step `first` on. @param {number} count @param {number} first */
export const batch = (count, first) =>
  Array.from({ length: count }, (_, i) => {
    const step = first + Math.floor(i / KEYS);
    return { key: `metric${i % KEYS}`, value: Math.exp(-step / 1000) + (i % KEYS), timestamp: 1.79e12 + step, step };
  });

/** @param {readonly (() => Promise<unknown>)[]} tasks @param {number} atOnce */
export async function severalAtOnce(tasks, atOnce) {
  let next = 0;
  const one = async () => {
    for (let task = tasks[next++]; task; task = tasks[next++]) await task();
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
