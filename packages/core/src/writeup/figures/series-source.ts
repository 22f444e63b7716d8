import { BOUNDARY, DATA } from '../../artifacts/artifacts.ts';
import type { Curve } from '../../curves/curve.ts';

/** What figures read of a record beside its runs; the store has it. */
export interface SeriesSource {
  readonly metrics: {
    read(runId: string, key: string): Curve;
  };
  readonly artifacts: {
    list(
      runId: string,
      name: string,
    ): Promise<
      readonly { readonly id: number; readonly step: number; readonly meta: Readonly<Record<string, unknown>> }[]
    >;
    read(runId: string, id: number): Promise<{ readonly data: Uint8Array }>;
  };
}

/** The last decision boundary of a run; null where none is recorded. */
export async function lastBoundary({ artifacts }: Pick<SeriesSource, 'artifacts'>, runId: string) {
  const frames = await artifacts.list(runId, BOUNDARY.name);
  const frame = [...frames].sort((a, b) => b.step - a.step)[0];
  const meta = BOUNDARY.meta.safeParse(frame?.meta);
  if (!frame || !meta.success) return null;
  const { data } = await artifacts.read(runId, frame.id);
  const { grid, classes } = meta.data;
  return data.length === grid * grid * classes ? { ...meta.data, probabilities: new Uint8Array(data) } : null;
}

/** The training points of a run, if they lie in the plane and are recorded. */
export async function planarPoints(
  { artifacts }: Pick<SeriesSource, 'artifacts'>,
  runId: string,
): Promise<{ readonly positions: Float32Array; readonly labels: Uint8Array }> {
  const none = { positions: new Float32Array(0), labels: new Uint8Array(0) };
  const [file] = await artifacts.list(runId, DATA.name);
  const meta = DATA.meta.safeParse(file?.meta);
  if (!file || !meta.success || meta.data.features !== 2) return none;
  const { count } = meta.data;
  const { data } = await artifacts.read(runId, file.id);
  if (data.length < 9 * count) return none;
  const bytes = Uint8Array.from(data); // copied, since in a larger buffer its floats may be unaligned
  return { positions: new Float32Array(bytes.buffer, 0, 2 * count), labels: bytes.subarray(8 * count, 9 * count) };
}
