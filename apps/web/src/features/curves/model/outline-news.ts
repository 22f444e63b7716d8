import type { Outline } from '#src/contract/curves.ts';
import type { News } from '#src/live/record.ts';

/** The clocks of two processes of one machine, and a run that was written as the page was read. */
const SLACK_MS = 2_000;

/**
 * What of the news an outline does not tell: runs that joined since the page was read, and metrics that it does not name,
 * or not as a curve. A word for each, so that nobody reads an outline twice for the same.
 * @param readAt when the page was read, in ms since 1970, before the outline
 */
export function untold(
  { runs = [] }: News,
  { metrics, curved }: Pick<Outline, 'metrics' | 'curved'>,
  runIds: readonly string[],
  readAt: number,
): string[] {
  const words = runs.flatMap((run) => [
    ...(run.createdAt.getTime() >= readAt - SLACK_MS && !runIds.includes(run.id) ? [`run ${run.id}`] : []),
    ...run.metrics.filter(({ key }) => !metrics.includes(key)).map(({ key }) => `metric ${key}`),
    ...run.metrics.filter(({ key, count }) => count > 1 && !curved.includes(key)).map(({ key }) => `curve ${key}`),
  ]);
  return [...new Set(words)];
}
