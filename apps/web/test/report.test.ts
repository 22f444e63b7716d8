import { describe, expect, it } from 'vitest';
import { answerReport } from '../src/server/report.ts';
import { guestOf, log, ownerOf, startRun, temporaryStore } from './record.ts';

const ask = (of: string, search = '?lang=en') => new Request(`http://127.0.0.1:4000/api/report/${of}${search}`);

/** An experiment with two finished runs. */
async function recorded() {
  const store = await temporaryStore();
  for (const seed of [1, 2]) {
    const run = await startRun(store, '螺旋 one', seed);
    log(store, run.id, 'loss', 0, [1, 0.5, 0.25 * seed]);
    log(store, run.id, 'trainAccuracy', 0, [0.8 + seed / 100]);
    await store.runs.end(run.id, 'finished', { durationMs: 10 });
  }
  const [experiment] = await store.experiments.all();
  return { store, id: experiment?.id ?? '' };
}

describe('the report that a page saves', () => {
  it('is of an experiment, in the language that is asked for', async () => {
    const { store, id } = await recorded();
    for (const [lang, says] of [
      ['en', 'Training accuracy'],
      ['zh', '训练准确率'],
    ] as const) {
      const answer = await answerReport(ask(id, `?lang=${lang}`), ownerOf(store), id);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('Content-Disposition')).toContain(
        `filename="report-${lang}.html"; filename*=UTF-8''${encodeURIComponent('螺旋 one.html')}`,
      );
      const html = await answer.text();
      expect(html).toContain(says);
      expect(html).toContain('0.8150');
      expect(html).not.toContain('my-machine');
    }
  });

  it('is of the course, whatever is recorded of it', async () => {
    const { store } = await recorded();
    const answer = await answerReport(ask('course', '?lang=zh'), ownerOf(store), 'course');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('2.6 SGD 和 Adam 哪个更有效？');
  });

  it('is refused where there is no such thing, or no such language', async () => {
    const { store, id } = await recorded();
    expect((await answerReport(ask('nothing'), ownerOf(store), 'nothing')).status).toBe(404);
    for (const search of ['', '?lang=fr', '?lang=']) {
      const answer = await answerReport(ask(id, search), ownerOf(store), id);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('lang=en');
    }
    expect((await answerReport(ask('<b>'), ownerOf(store), '<b>')).status).toBe(400);
  });

  it('is for the owner alone: a link shows an experiment, and not what is made of it', async () => {
    const { store, id } = await recorded();
    const { context } = await guestOf(store, id);
    expect((await answerReport(ask(id), context, id)).status).toBe(404);
  });

  it('says which figure cannot be drawn of a series that is damaged, and has the rest', async () => {
    const { store, id } = await recorded();
    const damaged = {
      ...ownerOf(store),
      store: Object.create(store, {
        metrics: {
          value: {
            read: () => {
              throw Object.assign(new Error('series loss is damaged'), { name: 'StoreError', code: 'damaged' });
            },
          },
        },
      }) as typeof store,
    };
    const html = await (await answerReport(ask(id), damaged, id)).text();
    expect(html).toContain('a figure, which cannot be drawn: series loss is damaged.');
    expect(html).toContain('npx whorl doctor --deep');
    expect(html.match(/<svg /g)).toHaveLength(1);
  });
});
