import type { MediaNews, RunNews, SourceNews } from '@whorl/formats';

type NewsOf<K extends SourceNews['kind']> = Extract<SourceNews, { kind: K }>;

/** What was said of one run, gathered. */
export interface RunDigest {
  /** All that was said of it, as one. */
  news: Omit<RunNews, 'kind' | 'run'>;
  /** By key. */
  readonly series: Map<string, NewsOf<'points'>>;
  readonly media: MediaNews[];
  readonly companions: NewsOf<'companion'>[];
  readonly restarts: number[];
  readonly unread: Map<string, number>;
  end: NewsOf<'end'> | null;
}

/** News by the run that they are of. */
export function digestsOf(news: readonly SourceNews[]): Map<string, RunDigest> {
  const digests = new Map<string, RunDigest>();
  for (const one of news) {
    let digest = digests.get(one.run);
    if (!digest) {
      digest = { news: {}, series: new Map(), media: [], companions: [], restarts: [], unread: new Map(), end: null };
      digests.set(one.run, digest);
    }
    add(digest, one);
  }
  return digests;
}

function add(digest: RunDigest, one: SourceNews): void {
  switch (one.kind) {
    case 'run':
      digest.news = joined(digest.news, one);
      break;
    case 'points':
      addPoints(digest, one);
      break;
    case 'media':
      digest.media.push(one);
      break;
    case 'companion':
      digest.companions.push(one);
      break;
    case 'restart':
      digest.restarts.push(one.step);
      break;
    case 'unread':
      digest.unread.set(one.what, (digest.unread.get(one.what) ?? 0) + one.count);
      break;
    case 'end':
      digest.end = one;
  }
}

/** Points of a metric in one batch: a file that is read whole, and has restarts, may say them in several. */
function addPoints(digest: RunDigest, points: NewsOf<'points'>): void {
  const { key, steps, values, times } = points;
  const before = digest.series.get(key);
  digest.series.set(key, {
    ...points,
    steps: before ? before.steps.concat(steps) : steps,
    values: before ? before.values.concat(values) : values,
    times: before ? before.times.concat(times) : times,
  });
}

/** What was said of a run, and what was said later, as one. */
export function joined(before: RunDigest['news'], { kind: _, run: __, ...later }: RunNews): RunDigest['news'] {
  return {
    ...before,
    ...later,
    params: { ...before.params, ...later.params },
    tags: { ...before.tags, ...later.tags },
    facts: { ...before.facts, ...later.facts },
  };
}
