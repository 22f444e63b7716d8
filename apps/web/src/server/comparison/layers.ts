import { ACTIVATION_LOOKS, aligned, type Histogram, pooled, standing } from '@whorl/core';
import type { Store } from '@whorl/store';
import type { LayerMap, Spread } from '#src/contract/comparison.ts';
import { asStoreError } from '../access/store.ts';
import { readablePoints } from '../record/points.ts';

export const LAYER_MEASURES = ['gradientNorm', 'deadUnits'] as const;
export type LayerMeasure = (typeof LAYER_MEASURES)[number];

/** About how many columns a map has room for. */
const COLUMNS = 72;
/** float32 has no smaller number. It takes the place of 0, which has no logarithm. */
const SMALLEST = 1e-45;

/** A measure of each layer over the steps of some runs: gradients by their geometric mean, shares by their mean. */
export function layerMap(store: Pick<Store, 'metrics'>, runIds: readonly string[], measure: LayerMeasure): LayerMap {
  const series = runIds.flatMap((runId) =>
    store.metrics.series(runId).flatMap(({ key, lastStep }) => {
      const layer = layerOf(key, measure);
      return layer === null ? [] : [{ runId, key, layer, lastStep }];
    }),
  );
  const readable = readablePoints(store);
  const layers = [...new Set(series.map(({ layer }) => layer))].sort((a, b) => a - b);
  const steps = Math.max(0, ...series.map(({ lastStep }) => lastStep)) + 1;
  const width = Math.max(1, Math.ceil(steps / COLUMNS));
  const columns = series.length === 0 ? 0 : Math.ceil(steps / width);
  const [to, from] =
    measure === 'gradientNorm'
      ? [(value: number) => Math.log10(Math.max(value, SMALLEST)), (mean: number) => 10 ** mean]
      : [(value: number) => value, (mean: number) => mean];
  const sums = layers.map(() => Array.from({ length: columns }, () => ({ sum: 0, finite: 0, seen: 0 })));
  const seenIn = Array.from({ length: columns }, () => new Set<string>());
  for (const { runId, key, layer } of series) {
    const row = sums[layers.indexOf(layer)];
    const points = readable.metrics.read(runId, key);
    const kept = standing(points.steps);
    for (let at = 0; at < (kept ?? points.steps).length; at++) {
      const i = kept ? (kept[at] as number) : at;
      const column = Math.floor((points.steps[i] as number) / width);
      const cell = row?.[column];
      const value = points.values[i] as number;
      if (!cell) continue;
      cell.seen += 1;
      seenIn[column]?.add(runId);
      if (!Number.isFinite(value)) continue;
      cell.finite += 1;
      cell.sum += to(value);
    }
  }
  const values = sums.map((row) =>
    row.map(({ sum, finite, seen }) => (finite > 0 ? from(sum / finite) : seen > 0 ? Number.NaN : null)),
  );
  const runs = new Set(series.map(({ runId }) => runId)).size;
  return { layers, width, columns, values, runs, runsOf: seenIn.map(({ size }) => size) };
}

/** The layer number of a key such as `gradientNorm.3`; null for other metrics. */
function layerOf(key: string, measure: LayerMeasure): number | null {
  const text = key.startsWith(`${measure}.`) ? key.slice(measure.length + 1) : '';
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : null;
}

/** The distributions of activations of some runs, pooled for each layer over a common range. */
export async function spreads(
  store: Pick<Store, 'artifacts'>,
  runIds: readonly string[],
): Promise<{ spreads: Spread[]; runs: number }> {
  const documents = (await Promise.all(runIds.map((runId) => readDistributions(store, runId)))).flatMap(
    (document) => document ?? [],
  );
  const byLayer = new Map<number, Map<number, Histogram[]>>();
  for (const { looks } of documents) {
    for (const { step, layers } of looks) {
      for (const [i, histogram] of layers.entries()) {
        const bySteps = byLayer.get(i + 1) ?? new Map<number, Histogram[]>();
        byLayer.set(i + 1, bySteps.set(step, [...(bySteps.get(step) ?? []), histogram]));
      }
    }
  }
  return {
    runs: documents.length,
    spreads: [...byLayer].map(([layer, bySteps]) => {
      const steps = [...bySteps.keys()].sort((a, b) => a - b);
      const histograms = aligned(steps.flatMap((step) => pooled(bySteps.get(step) ?? []) ?? []));
      return {
        layer,
        looks: steps.map((step, i) => {
          const { range, counts, ...beyond } = histograms[i] as Histogram;
          return {
            step,
            runs: bySteps.get(step)?.length ?? 0,
            histogram: { range: [...range], counts: [...counts], ...beyond },
          };
        }),
      };
    }),
  };
}

/** A run's artifact `activations`; null where there is none, or it cannot be read. */
async function readDistributions(store: Pick<Store, 'artifacts'>, runId: string) {
  const [artifact] = await store.artifacts.list(runId, ACTIVATION_LOOKS.name);
  if (!artifact) return null;
  const read = await store.artifacts.read(runId, artifact.id).catch((error) => {
    if (asStoreError(error)?.code !== 'damaged') throw error;
    return null;
  });
  const parsed = read && ACTIVATION_LOOKS.document.safeParse(JSON.parse(read.data.toString('utf8')));
  return parsed?.success ? parsed.data : null;
}
