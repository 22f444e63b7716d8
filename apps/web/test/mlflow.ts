import type { Store } from '@whorl/store';
import { answeringOf, answerMessage, refusalOf } from '../process/mlflow/answer.ts';
import { temporaryStore } from './record.ts';

/** What a client of MLflow is answered. */
export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of any route, which tests look into
  readonly body: any;
}

/** A client of MLflow's protocol, below its functions and without a listener. */
export interface MlflowClient {
  readonly store: Store;
  get(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<Answered>;
  /** @param message a text goes as it is */
  post(path: string, message: unknown, method?: 'POST' | 'PATCH' | 'DELETE'): Promise<Answered>;
  /** The id of a new run. */
  run(message?: object): Promise<string>;
}

/** A client of a record that goes with the test. */
export async function mlflowClient(): Promise<MlflowClient> {
  const store = await temporaryStore();
  let names = 0;
  const serving = { store, now: Date.now, newName: () => `name ${++names}` };
  const ask = async (method: string, path: string, query: URLSearchParams, body: string): Promise<Answered> => {
    const asked = { method, path: `/api/2.0/mlflow${path}`, query };
    try {
      const answering = answeringOf(asked);
      if (answering.kind !== 'message') throw new Error(`${path} is answered by no message`);
      return (await answerMessage(serving, answering, query, body)) as Answered;
    } catch (error) {
      return refusalOf(error) as Answered;
    }
  };
  const client: MlflowClient = {
    store,
    get: (path, fields = {}) => {
      const query = new URLSearchParams(
        Object.entries(fields).flatMap(([key, value]) => [value].flat().map((one) => [key, one] as [string, string])),
      );
      return ask('GET', path, query, '');
    },
    post: (path, message, method = 'POST') =>
      ask(method, path, new URLSearchParams(), typeof message === 'string' ? message : JSON.stringify(message)),
    run: async (message = {}) =>
      (await client.post('/runs/create', { experiment_id: '0', ...message })).body.run.info.run_id,
  };
  return client;
}
