import { type DrawnPoints, GrowingCurve, Smoother } from '@whorl/core';
import type { Axis } from '#src/contract/axes.ts';
import { unpackColumn } from '#src/contract/columns.ts';
import type { CurveLook, Extent, Levels, PackedCurve, PackedGroup } from '#src/contract/curves.ts';
import { groupKey } from '#src/contract/outline.ts';
import type { PackedSeries } from '#src/contract/schemas.ts';
import type { News } from '#src/live/record.ts';

/** What a chart asks for. */
export interface Asked extends Omit<CurveLook, 'range'> {
  readonly range: readonly [number, number] | null;
  readonly by: readonly string[];
  /** Whether the chart draws runs, and whether it draws what groups have in common. */
  readonly raw: boolean;
  readonly mean: boolean;
}

/** A run's curve as it is drawn. Another object whenever it is another. */
export interface RunCurve {
  readonly runId: string;
  readonly name: string;
  readonly levels: Levels;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly smooth: Float64Array;
  readonly recorded: number;
}

/** A group's curve as it is drawn. */
export interface GroupCurveDrawn {
  readonly levels: Levels;
  readonly runs: number;
  readonly members: number;
  readonly xs: Float64Array;
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly smooth: Float64Array;
  readonly n: Float64Array;
  readonly seeds: Float64Array;
  readonly nonFinite: Float64Array;
  readonly set: Float64Array;
}

/** What a chart has to draw. */
export interface Drawn {
  /** What was asked for: while something else is fetched, this is what is still shown. */
  readonly asked: Asked;
  /** The axis that it is over: steps where epochs are not known. */
  readonly x: Axis;
  readonly extent: Extent;
  readonly runs: readonly RunCurve[];
  readonly groups: readonly GroupCurveDrawn[];
  /** What is wrong with series that are missing because they cannot be read. */
  readonly damaged: readonly string[];
}

export interface ChartState {
  readonly drawn: Drawn | null;
  readonly loading: boolean;
  readonly failed: boolean;
}

/** What was read for a chart. */
export interface ReadCurves {
  readonly x: Axis;
  readonly extent: Extent;
  readonly curves: readonly PackedCurve[];
  readonly groups: readonly PackedGroup[];
  readonly damaged: readonly string[];
}

/** Reads the curves of a chart; of its groups these alone, where there are some. */
export type CurveSource = (asked: Asked, only: readonly string[] | null, signal: AbortSignal) => Promise<ReadCurves>;

/** While runs train, what cannot be followed point by point is read again this often at most. */
const REFRESH_MS = 2000;
/** The longest time between two tries to reach a server that does not answer. */
const MOST_PAUSE_MS = 30_000;

/**
 * The curves of one chart. What it asks for is fetched, and until that is there it shows what it had; points of running
 * runs are added as they come, and the groups that they belong to are read again.
 */
export class ChartCurves {
  readonly #read: CurveSource;
  readonly #listeners = new Set<() => void>();
  #state: ChartState = { drawn: null, loading: false, failed: false };
  #asked: Asked | null = null;
  #curves = new Map<string, LiveCurve>();
  #abort: AbortController | null = null;
  /** Points that came while the curves that they belong to were on their way. */
  #pending: PackedSeries[] = [];
  #changed = new Set<string>();
  #stale = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #failures = 0;

  constructor(read: CurveSource) {
    this.#read = read;
  }

  readonly get = (): ChartState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  #tell(changes: Partial<ChartState>): void {
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }

  /** Shows something else, as soon as it is there. */
  ask(asked: Asked): void {
    if (this.#asked !== null && JSON.stringify(this.#asked) === JSON.stringify(asked)) return;
    this.#asked = asked;
    this.#failures = 0;
    void this.#fetch(null);
  }

  /** Stops reading and listening to nothing more. */
  stop(): void {
    this.#abort?.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked = null;
  }

  /**
   * Takes in what happened.
   * @param levelsOf the group of a run; null for one that the page does not know
   */
  hear(news: News, levelsOf: (runId: string) => Levels | null): void {
    const asked = this.#asked;
    if (asked === null) return;
    const series = (news.series ?? []).filter(({ key }) => key === asked.key);
    for (const { runId } of series) this.#change(levelsOf(runId));
    for (const run of news.runs ?? []) {
      const count = run.metrics.find(({ key }) => key === asked.key)?.count ?? 0;
      if (count > (this.#curves.get(run.id)?.next ?? 0)) {
        this.#change(levelsOf(run.id));
        // Its points may be in this very news.
        this.#stale ||= asked.raw && !series.some(({ runId }) => runId === run.id);
      }
    }
    if (this.#abort) this.#pending.push(...series);
    else this.#append(series);
    if (this.#stale || this.#changed.size > 0) this.#schedule();
  }

  #change(levels: Levels | null): void {
    if (this.#asked?.mean !== true) return;
    if (levels) this.#changed.add(groupKey(levels));
    else this.#stale = true;
  }

  #append(series: readonly PackedSeries[]): void {
    const { drawn } = this.#state;
    const asked = this.#asked;
    if (!drawn || !asked?.raw || series.length === 0) return;
    let extent = drawn.extent;
    const grown = new Set<string>();
    for (const packed of series) {
      const curve = this.#curves.get(packed.runId);
      if (!curve || packed.offset > curve.next) {
        this.#stale = true;
        continue;
      }
      const ends = curve.append(packed);
      if (ends === null) continue;
      grown.add(packed.runId);
      extent = extent ? [Math.min(extent[0], ends[0]), Math.max(extent[1], ends[1])] : ends;
    }
    if (grown.size === 0) return;
    const runs = drawn.runs.map((run) =>
      grown.has(run.runId) ? (this.#curves.get(run.runId) as LiveCurve).drawn : run,
    );
    this.#tell({ drawn: { ...drawn, extent, runs } });
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#abort) return;
    const pause = Math.min(MOST_PAUSE_MS, REFRESH_MS * 2 ** this.#failures);
    const wait = Math.max(0, this.#fetchedAt + pause - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#fetch(this.#stale || this.#state.drawn === null ? null : [...this.#changed]);
    }, wait);
  }

  /** @param only the groups to read; null for all of them, and the runs */
  async #fetch(only: readonly string[] | null): Promise<void> {
    const asked = this.#asked;
    if (asked === null) return;
    this.#abort?.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const abort = new AbortController();
    this.#abort = abort;
    const changed = [...this.#changed];
    this.#changed.clear();
    if (only === null) this.#stale = false;
    this.#tell({ loading: only === null });
    try {
      const read = await this.#read({ ...asked, raw: asked.raw && only === null }, only, abort.signal);
      if (abort.signal.aborted) return;
      this.#abort = null;
      this.#fetchedAt = performance.now();
      this.#failures = 0;
      if (only === null) this.#show(asked, read);
      else this.#showGroups(read);
    } catch {
      if (abort.signal.aborted) return;
      this.#abort = null;
      this.#fetchedAt = performance.now();
      // What was to be read is still to be read: in a while, and at last in a longer while.
      this.#failures += 1;
      for (const group of changed) this.#changed.add(group);
      if (only === null) this.#stale = true;
      this.#tell({ loading: false, failed: true });
    }
    const pending = this.#pending;
    this.#pending = [];
    this.#append(pending);
    if (this.#stale || this.#changed.size > 0) this.#schedule();
  }

  #show(asked: Asked, { x, extent, curves, groups, damaged }: ReadCurves): void {
    this.#curves = new Map(curves.map((packed) => [packed.runId, new LiveCurve(packed, asked, x)]));
    const runs = [...this.#curves.values()].map((curve) => curve.drawn);
    const drawn: Drawn = { asked, x, extent, runs, groups: groups.map(unpackGroup), damaged };
    this.#tell({ drawn, loading: false, failed: false });
  }

  /** Shows groups that were read again in the place of what they were. */
  #showGroups({ extent, groups }: ReadCurves): void {
    const before = this.#state.drawn;
    if (!before) return;
    const fresh = groups.map(unpackGroup);
    const byKey = new Map(fresh.map((group) => [groupKey(group.levels), group]));
    const known = new Set(before.groups.map(({ levels }) => groupKey(levels)));
    const kept = before.groups.map((group) => byKey.get(groupKey(group.levels)) ?? group);
    const added = fresh.filter(({ levels }) => !known.has(groupKey(levels)));
    const drawn = { ...before, extent: together(before.extent, extent), groups: [...kept, ...added] };
    this.#tell({ drawn, loading: false, failed: false });
  }
}

/** What was read, as it is drawn. */
export const drawnFrom = (asked: Asked, { x, extent, curves, groups, damaged }: ReadCurves): Drawn => ({
  asked,
  x,
  extent,
  runs: curves.map((packed) => new LiveCurve(packed, asked, x).drawn),
  groups: groups.map(unpackGroup),
  damaged,
});

function together(a: Extent, b: Extent): Extent {
  if (!a || !b) return a ?? b;
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

function unpackGroup({ levels, runs, members, per, ...packed }: PackedGroup): GroupCurveDrawn {
  const mean = unpackColumn(packed.mean);
  const half = unpackColumn(packed.half);
  return {
    levels,
    runs,
    members,
    xs: unpackColumn(packed.x).map((x) => x / per),
    mean,
    low: mean.map((value, i) => value - (half[i] as number)),
    high: mean.map((value, i) => value + (half[i] as number)),
    smooth: unpackColumn(packed.smooth),
    n: unpackColumn(packed.n),
    seeds: unpackColumn(packed.seeds),
    nonFinite: unpackColumn(packed.nonFinite),
    set: unpackColumn(packed.set),
  };
}

/** A run's curve, to which points are added in bounded memory. */
class LiveCurve {
  readonly #packed: PackedCurve;
  readonly #asked: Asked;
  readonly #x: Axis;
  /** Another object whenever it is another curve. */
  drawn: RunCurve;
  next: number;
  // Of many curves on a page, few grow.
  #growth: { readonly curve: GrowingCurve; readonly smoother: Smoother | null } | null = null;

  constructor(packed: PackedCurve, asked: Asked, x: Axis) {
    this.#packed = packed;
    this.#asked = asked;
    this.#x = x;
    this.next = packed.next;
    this.drawn = this.#draw(unpackPoints(packed));
  }

  /** Adds what is new of these points. @returns where they lie; null where none is new */
  append(packed: PackedSeries): [number, number] | null {
    const fresh = this.next - packed.offset;
    if (packed.total <= this.next) return null;
    this.#growth ??= this.#grow();
    const { curve, smoother } = this.#growth;
    this.next = packed.total;
    const { per, origin } = this.#packed;
    const { range } = this.#asked;
    const column =
      this.#x === 'time' ? unpackColumn(packed.times).map((time) => time - origin) : unpackColumn(packed.steps);
    const all = column.subarray(fresh);
    const values = unpackColumn(packed.values).subarray(fresh);
    const smooth = smoother?.column(values) ?? new Float64Array(0);
    let end = all.length;
    if (range) while (end > 0 && (all[end - 1] as number) / per > range[1]) end -= 1;
    const part = (numbers: Float64Array) => numbers.subarray(0, end);
    curve.append({ steps: part(all), values: part(values), smooth: part(smooth) });
    this.drawn = this.#draw(curve);
    return all.length > 0 ? [(all[0] as number) / per, (all[all.length - 1] as number) / per] : null;
  }

  #grow() {
    const { smoothing, buckets } = this.#asked;
    const curve = new GrowingCurve(buckets, this.#x !== 'time');
    curve.append(unpackPoints(this.#packed));
    return { curve, smoother: smoothing > 0 ? new Smoother(smoothing, this.#packed.smoothed) : null };
  }

  #draw({ steps, values, smooth }: CurvePoints): RunCurve {
    const { runId, name, levels, per } = this.#packed;
    const xs = new Float64Array(steps);
    for (let i = 0; i < xs.length; i++) xs[i] = (xs[i] as number) / per;
    const [ys, smoothed] = [new Float64Array(values), new Float64Array(smooth)];
    return { runId, name, levels, xs, ys, smooth: smoothed, recorded: this.next };
  }
}

type CurvePoints = { readonly [K in keyof DrawnPoints]: ArrayLike<number> };

const unpackPoints = ({ x, values, smooth }: PackedCurve): CurvePoints => ({
  steps: unpackColumn(x),
  values: unpackColumn(values),
  smooth: unpackColumn(smooth),
});
