import { afterEach, describe, expect, it, vi } from 'vitest';
import { openWorker } from '#src/ui/worker.ts';

/** What a browser's worker is to a page: it tells of its events, those after its end too. */
class Told extends EventTarget {
  readonly got: unknown[] = [];
  ended = false;
  postMessage(message: unknown): void {
    this.got.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
}

const failed = (message: string) => Object.assign(new Event('error'), { message });

function opened() {
  const told = new Told();
  vi.stubGlobal('Worker', Told);
  const heard: string[] = [];
  const worker = openWorker<string, string>(
    () => told as unknown as Worker,
    (message) => heard.push(message),
    (reason) => heard.push(`failed: ${reason}`),
  );
  return { told, heard, worker };
}

afterEach(() => vi.unstubAllGlobals());

describe('a worker of a page', () => {
  it('is sent to, and is heard', () => {
    const { told, heard, worker } = opened();
    worker.send('do');
    told.dispatchEvent(new MessageEvent('message', { data: 'done' }));
    told.dispatchEvent(failed(''));
    expect([told.got, heard]).toEqual([['do'], ['done', 'failed: its worker did not start']]);
  });

  it('bug: one that was stopped while its script was on the way said later that it had failed', () => {
    const { told, heard, worker } = opened();
    worker.end();
    told.dispatchEvent(failed(''));
    told.dispatchEvent(new MessageEvent('message', { data: 'done' }));
    expect([told.ended, heard]).toEqual([true, []]);
  });

  it('says where there are none', () => {
    vi.stubGlobal('Worker', undefined);
    const heard: string[] = [];
    const worker = openWorker<string, string>(
      () => {
        throw new Error('was started');
      },
      (message) => heard.push(message),
      (reason) => heard.push(reason),
    );
    worker.send('do');
    worker.end();
    expect(heard).toEqual(['Worker is not defined']);
  });
});
