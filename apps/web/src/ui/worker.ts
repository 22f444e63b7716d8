export interface OpenWorker<Out> {
  send(message: Out): void;
  /** Ends it; nothing is heard of it afterwards. */
  end(): void;
}

const NONE = { send: () => {}, end: () => {} };

/**
 * A worker of a page that is heard until it is ended. A browser still tells of a script that could not be fetched
 * after the worker was terminated, and of messages that were on their way: neither is of whoever came next.
 */
export function openWorker<In, Out>(
  start: () => Worker,
  hear: (message: In) => void,
  fail: (reason: string) => void,
): OpenWorker<Out> {
  if (typeof Worker !== 'function') {
    fail('Worker is not defined');
    return NONE;
  }
  const worker = start();
  const heard = new AbortController();
  const { signal } = heard;
  worker.addEventListener('message', ({ data }: MessageEvent<In>) => hear(data), { signal });
  worker.addEventListener('error', ({ message }) => fail(message || 'its worker did not start'), { signal });
  return {
    send: (message) => worker.postMessage(message),
    end: () => {
      heard.abort();
      worker.terminate();
    },
  };
}
