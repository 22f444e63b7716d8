import type { PointsNews, SourceNews } from './events.ts';

interface Columns {
  readonly steps: number[];
  readonly values: number[];
  readonly times: number[];
}

/** Collects the news of one read: points of a metric are joined into columns, and come before news that follow them. */
export class Gather {
  readonly #news: SourceNews[] = [];
  /** By run, then by key. */
  #points = new Map<string, Map<string, Columns>>();
  readonly #unread = new Map<string, Map<string, number>>();

  point(run: string, key: string, step: number, value: number, time: number): void {
    const columns = this.#columns(run, key);
    columns.steps.push(step);
    columns.values.push(value);
    columns.times.push(time);
  }

  say(news: Exclude<SourceNews, PointsNews>): void {
    if (news.kind === 'restart' || news.kind === 'end') this.#flush();
    this.#news.push(news);
  }

  unread(run: string, what: string): void {
    const counts = entry(this.#unread, run, () => new Map<string, number>());
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }

  /** Takes everything collected. */
  take(): readonly SourceNews[] {
    this.#flush();
    for (const [run, counts] of this.#unread)
      for (const [what, count] of counts) this.#news.push({ kind: 'unread', run, what, count });
    return this.#news;
  }

  #columns(run: string, key: string): Columns {
    const series = entry(this.#points, run, () => new Map<string, Columns>());
    return entry(series, key, () => ({ steps: [], values: [], times: [] }));
  }

  #flush(): void {
    for (const [run, series] of this.#points)
      for (const [key, columns] of series) this.#news.push({ kind: 'points', run, key, ...columns });
    this.#points = new Map();
  }
}

/** The value of a key, made where missing. */
function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
