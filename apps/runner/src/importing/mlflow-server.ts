import { ConfigError } from '@whorl/core';
import { z } from 'zod';
import { words } from '../messages/index.ts';

/** How long an answer may take. */
const ANSWER_MS = 60_000;
/** A server that has answered before and does not now is asked again after so long, and then so long. */
const PAUSES_MS = [500, 2_000, 8_000];
const RUNS_A_PAGE = 200;
const POINTS_A_PAGE = 25_000;
/** A larger file is left where it is. */
export const MOST_FILE_BYTES = 256 * 2 ** 20;

/** JSON has no NaN and no infinities, and not every large integer: Protocol Buffers write these as text. */
const number = z.union([z.number(), z.string()]).transform(Number);
/** A metric of MLflow's databases cannot be infinite: it is the largest double there. */
const measured = number.transform((value) => (Math.abs(value) === Number.MAX_VALUE ? value * 2 : value));
const page = { next_page_token: z.string().optional() };

const EXPERIMENTS = z.object({
  experiments: z.array(z.object({ experiment_id: z.string(), name: z.string() })).default([]),
  ...page,
});
const PAIRS = z.array(z.object({ key: z.string(), value: z.string().default('') })).default([]);
const POINT = z.object({
  key: z.string(),
  value: measured.default(0),
  timestamp: number.default(0),
  step: number.default(0),
});
const RUN = z.object({
  info: z.object({
    run_id: z.string(),
    experiment_id: z.string(),
    run_name: z.string().optional(),
    user_id: z.string().optional(),
    status: z.string().default('RUNNING'),
    start_time: number.optional(),
    end_time: number.optional(),
    artifact_uri: z.string().optional(),
  }),
  data: z.object({ metrics: z.array(POINT).default([]), params: PAIRS, tags: PAIRS }).prefault({}),
});
const RUNS = z.object({ runs: z.array(RUN).default([]), ...page });
const HISTORY = z.object({ metrics: z.array(POINT).default([]), ...page });
const FILES = z.object({
  files: z
    .array(z.object({ path: z.string(), is_dir: z.boolean().default(false), file_size: number.default(0) }))
    .default([]),
  ...page,
});

export interface ServerExperiment {
  readonly id: string;
  readonly name: string;
}
/** A run as a search answers it: its metrics are the last point of each. */
export type ServerRun = z.infer<typeof RUN>;
export type ServerPoint = z.infer<typeof POINT>;
/** An artifact of a run. */
export interface ServerFile {
  /** Below the run's artifacts. */
  readonly path: string;
  readonly bytes: number;
}

/** A server that speaks MLflow's protocol, to be read. */
export class MlflowServer {
  /** Where it is, without a slash at its end and without credentials. */
  readonly address: string;
  readonly #headers: Readonly<Record<string, string>>;
  #hasAnswered = false;

  /**
   * @param env credentials as MLflow's client has them: `MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and `_PASSWORD`
   */
  constructor(address: URL, env: NodeJS.ProcessEnv) {
    const { MLFLOW_TRACKING_TOKEN: token } = env;
    const user = decodeURIComponent(address.username) || env.MLFLOW_TRACKING_USERNAME;
    const password = decodeURIComponent(address.password) || env.MLFLOW_TRACKING_PASSWORD;
    const basic = user ? `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` : undefined;
    const authorization = token ? `Bearer ${token}` : basic;
    this.#headers = authorization === undefined ? {} : { authorization };
    this.address = address.origin + address.pathname.replace(/\/+$/, '');
  }

  experiments(): AsyncGenerator<ServerExperiment> {
    const ask = { path: 'experiments/search', body: { max_results: 1000 }, schema: EXPERIMENTS };
    return this.#pages(ask, ({ experiments }) => experiments.map(({ experiment_id: id, name }) => ({ id, name })));
  }

  /** Those that are not deleted, the oldest first. */
  runs(experimentId: string): AsyncGenerator<ServerRun> {
    const body = {
      experiment_ids: [experimentId],
      max_results: RUNS_A_PAGE,
      order_by: ['attributes.start_time ASC'],
    };
    return this.#pages({ path: 'runs/search', body, schema: RUNS }, ({ runs }) => runs);
  }

  /** All points of a metric, in the order in which the server has them. */
  async history(runId: string, key: string): Promise<ServerPoint[]> {
    const query = { run_id: runId, metric_key: key, max_results: String(POINTS_A_PAGE) };
    const points: ServerPoint[] = [];
    for await (const point of this.#pages({ path: 'metrics/get-history', query, schema: HISTORY }, (a) => a.metrics))
      points.push(point);
    return points;
  }

  /** All artifacts of a run, folder by folder. */
  async *files(runId: string, folder = ''): AsyncGenerator<ServerFile> {
    const query = { run_id: runId, ...(folder !== '' && { path: folder }) };
    for await (const file of this.#pages({ path: 'artifacts/list', query, schema: FILES }, ({ files }) => files)) {
      if (file.is_dir) yield* this.files(runId, file.path);
      else yield { path: file.path, bytes: file.file_size };
    }
  }

  /** The bytes of an artifact, and of what type the server takes them to be. */
  async file({ info }: ServerRun, path: string): Promise<{ readonly data: Uint8Array; readonly mediaType: string }> {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    // A server that passes artifacts on says so in their address; another one reads them where they lie.
    const proxied = /^mlflow-artifacts:(?:\/\/[^/]*)?\/(.*)$/.exec(info.artifact_uri ?? '')?.[1];
    const place =
      proxied === undefined
        ? `/get-artifact?${new URLSearchParams({ run_uuid: info.run_id, path })}`
        : `/api/2.0/mlflow-artifacts/artifacts/${proxied}/${encoded}`;
    const response = await this.#fetch(place, {});
    const [mediaType = ''] = (response.headers.get('content-type') ?? '').split(';');
    return {
      data: new Uint8Array(await response.arrayBuffer()),
      mediaType: /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : 'application/octet-stream',
    };
  }

  /** What an answer lists, and those of all pages that follow. */
  async *#pages<S extends z.ZodType<{ next_page_token?: string | undefined }>, T>(
    { path, query, body, schema }: { path: string; query?: Readonly<Record<string, string>>; body?: object; schema: S },
    listed: (answer: z.infer<S>) => readonly T[],
  ): AsyncGenerator<T> {
    let token: string | undefined;
    do {
      const more = token === undefined ? {} : { page_token: token };
      const search = query ? `?${new URLSearchParams({ ...query, ...more })}` : '';
      const answer = await this.#json(`/api/2.0/mlflow/${path}${search}`, body && { ...body, ...more }, schema);
      yield* listed(answer);
      token = answer.next_page_token;
    } while (token);
  }

  async #json<S extends z.ZodType>(place: string, body: object | undefined, schema: S): Promise<z.infer<S>> {
    const request: RequestInit = body
      ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      : {};
    const response = await this.#fetch(place, request);
    const text = await response.text();
    const found = schema.safeParse(jsonOf(text));
    if (!found.success) throw this.#refused(place, response.status, text);
    this.#hasAnswered = true;
    return found.data;
  }

  /** @throws ConfigError where the server cannot be reached, or refuses */
  async #fetch(place: string, { headers, ...request }: RequestInit): Promise<Response> {
    for (let tried = 0; ; tried++) {
      const pause = this.#hasAnswered ? PAUSES_MS[tried] : undefined;
      try {
        const response = await fetch(this.address + place, {
          ...request,
          headers: { ...this.#headers, ...(headers as Record<string, string>) },
          signal: AbortSignal.timeout(ANSWER_MS),
        });
        if (response.ok) return response;
        const mayPass = response.status >= 500 || response.status === 429;
        if (!mayPass || pause === undefined) throw this.#refused(place, response.status, await response.text());
      } catch (error) {
        if (error instanceof ConfigError) throw error;
        const { cause, message } = error as Error;
        if (pause === undefined)
          throw new ConfigError('', words().importing.unreachable(this.address, (cause as Error)?.message || message));
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  #refused(place: string, status: number, text: string): ConfigError {
    // Of MLflow's own errors the message; of anything else, a page perhaps, the status is enough.
    const { message } = (jsonOf(text) ?? {}) as { message?: unknown };
    const said = typeof message === 'string' ? `${status}, ${message.slice(0, 200)}` : String(status);
    return new ConfigError('', words().importing.noMlflow(this.address + (place.split('?')[0] as string), said));
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
