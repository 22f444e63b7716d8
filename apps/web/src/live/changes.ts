import { own } from '@whorl/core';
import type { AppRouter } from '#src/api/router.ts';
import type { Artifact } from '#src/contract/artifact.ts';
import type { Outline } from '#src/contract/curves.ts';
import type { LiveEvent } from '#src/contract/live.ts';
import type { DataPoints, Experiment, Frame, PackedSeries, Run, RunDetail } from '#src/contract/schemas.ts';
import type { Target } from '#src/contract/target.ts';
import { type ChartData, grown, withoutRuns } from './chart-data.ts';
import { grownRun } from './grown-run.ts';
import { untold } from './outline-news.ts';

// The one place where an event becomes what the page shows. For each procedure it says what an event means for an answer:
// either a new answer, computed from the event, or that it must be fetched again, at a limited rate, since a training
// changes the record twenty times a second.

/** An answer in the page's cache. */
export interface Answered {
  /** The procedure, such as `runs.table`. */
  readonly path: string;
  readonly input: unknown;
  /** Undefined while it is being fetched. */
  readonly data: unknown;
}

export interface Change<A extends Answered = Answered> {
  readonly of: A;
  /** The new answer. */
  readonly data?: unknown;
  /** It may be fetched again this many ms after it was last fetched; undefined where it need not be. */
  readonly againMs?: number;
}

/**
 * What the page was told recently. News that arrive while a request is under way may be missing in its answer, and in all
 * later events.
 */
export interface Told {
  readonly series: readonly PackedSeries[];
  readonly params: ReadonlyMap<string, Run['params']>;
}

/** What happened to the runs of a question: some were added, ended or changed, or they recorded something. */
type Kind = 'changed' | 'logged';

const LIST_MS = 1_000;
const SPARKLINES_MS = 1_500;
const RUN_MS = 1_000;
const FILES_MS = 500;
const MEDIA_MS = 2_000;
const CURVES_MS = 2_000;
const OUTLINE_MS = 500;
const BOUNDARY_MS = 2_000;
const CONCEPT_MS = 1_500;

/** At most how often an answer is fetched again, in ms. */
interface Pace {
  readonly changed: number;
  /** Left out where recorded values do not change the answer. */
  readonly logged?: number;
}

type Procedures = AppRouter['_def']['record'];
type QueriesOf<R extends keyof Procedures & string> = {
  [P in keyof Procedures[R] & string]: Procedures[R][P] extends { _def: { type: 'query' } } ? `${R}.${P}` : never;
}[keyof Procedures[R] & string];
/** The path of every query procedure, such as `runs.table`. */
type QueryPath = { [R in keyof Procedures & string]: QueriesOf<R> }[keyof Procedures & string];

type News = (event: LiveEvent, answered: Answered, other: ReadonlySet<string>, told: Told) => What;

/**
 * What an event means for the answers of each procedure. The type demands every query procedure: the answers of a missing
 * one would never be updated, and nobody would notice.
 */
const NEWS = {
  'experiments.get': experimentChange,
  'experiments.list': ({ list }) => (list?.rows ? { againMs: LIST_MS } : null),
  'experiments.best': ({ list }) => (list?.runs ? { againMs: LIST_MS } : null),
  'sparklines.list': ({ list }) => (list?.runs || list?.logged ? { againMs: SPARKLINES_MS } : null),
  'runs.get': (event, { data }) => (data ? runChange(event, data as RunDetail) : null),
  'runs.metrics': again({ changed: 1_000, logged: 2_000 }),
  'runs.boundary': boundaryChange,
  'artifacts.list': filesChange,
  'artifacts.log': logChange,
  'media.list': (event, { input }) => (filesOf(event, input) ? { againMs: MEDIA_MS } : null),
  'media.content': null, // asked for with the version of its contents
  'curves.chart': chartChange,
  'curves.outline': outlineChange,
  'runs.table': again({ changed: 500, logged: 1_000 }),
  'runs.fields': again({ changed: 500, logged: 1_000 }),
  'grouping.groups': again({ changed: 500, logged: 1_000 }),
  'runs.live': again({ changed: 0 }),
  'comparison.overview': again({ changed: 1_000, logged: 2_000 }),
  'comparison.analyse': again({ changed: 1_000, logged: 2_000 }),
  'comparison.plan': again({ changed: 1_000, logged: 2_000 }),
  'comparison.columns': again({ changed: 1_000, logged: 2_000 }),
  'comparison.answer': again({ changed: 1_000 }),
  'comparison.accuracies': again({ changed: 1_000, logged: 2_000 }),
  'comparison.layers': again({ changed: 1_000, logged: 4_000 }),
  'comparison.spreads': again({ changed: 1_000, logged: 4_000 }),
  'experiments.claims': again({ changed: 1_000 }),
  'concepts.record': ({ list }) => (list?.rows || list?.runs ? { againMs: CONCEPT_MS } : null),
  // Never updated: a set of runs does not change, lists that only the owner changes are fetched again by the dialog or menu
  // that does so, and a run's page keeps the neighbours with which it was opened.
  'runSets.get': null,
  'recordings.find': null, // asked when something is recorded
  'shares.list': null,
  'shares.reach': null,
  'views.list': null,
  // A dialog reads it whenever it opens, and nothing is deleted that it did not show.
  'deletions.preview': null,
  'neighbours.of': null,
  // Asked anew with every letter.
  'search.named': null,
  // Not used by pages: the server reads whole records with it.
  'runs.list': null,
} satisfies Readonly<Record<QueryPath, News | null>>;

/** What an event means for the answers that the page has. */
export function changesOf<A extends Answered>(event: LiveEvent, answers: readonly A[], told: Told): Change<A>[] {
  if (event.startOver) return answers.map((of) => ({ of, againMs: 0 }));
  const other = otherExperiments(event, answers);
  return answers.flatMap((of) => {
    const change = own<News | null>(NEWS, of.path)?.(event, of, other, told) ?? null;
    if (event.gone.some(({ id, experimentId }) => isOf(of.input, id, experimentId))) {
      return [{ of, ...change, ...withoutGone(event, of, change), againMs: 0 }];
    }
    return change ? [{ of, ...change }] : [];
  });
}

/** A chart does not show deleted runs for a moment longer. Everything else that is about them is fetched again. */
function withoutGone({ gone }: LiveEvent, { path, data }: Answered, change: What): Pick<Change, 'data'> {
  const chart = (change?.data ?? data) as ChartData | undefined;
  return path === 'curves.chart' && chart ? { data: withoutRuns(chart, new Set(gone.map(({ id }) => id))) } : {};
}

/** The experiments of which the page has an older state. */
function otherExperiments({ experiments }: LiveEvent, answers: readonly Answered[]): ReadonlySet<string> {
  const known = new Map(
    answers.flatMap(({ path, data }): [string, string][] =>
      path === 'experiments.get' && data ? [[(data as Experiment).id, JSON.stringify(data)]] : [],
    ),
  );
  const other = experiments.filter(({ experiment, isNews }) => {
    const before = known.get(experiment.id);
    return before === undefined ? isNews : before !== JSON.stringify(experiment);
  });
  return new Set(other.map(({ experiment }) => experiment.id));
}

type What = Omit<Change, 'of'> | null;

/** Fetches an answer again, at a limited rate, when there is news of its runs. */
function again(pace: Pace): News {
  return (event, { input }, other) => {
    const kind = newsOf(event, input, other);
    const againMs = kind ? pace[kind] : undefined;
    return againMs === undefined ? null : { againMs };
  };
}

function experimentChange({ experiments }: LiveEvent, { input, data }: Answered, other: ReadonlySet<string>): What {
  const found = experiments.find(({ experiment }) => experiment.id === idOf(input));
  return found && (data === undefined || other.has(found.experiment.id)) ? { data: found.experiment } : null;
}

const filesOf = ({ files }: LiveEvent, input: unknown) => files.find(({ runId }) => runIdsOf(input).includes(runId));

function filesChange(event: LiveEvent, { input, data }: Answered): What {
  const files = filesOf(event, input);
  return files && !hasFiles(data as Artifact[] | undefined, files) ? { againMs: FILES_MS } : null;
}

function logChange(event: LiveEvent, { input, data }: Answered): What {
  const files = filesOf(event, input);
  return files && lastPart(data) < files.log ? { againMs: FILES_MS } : null;
}

function outlineChange(event: LiveEvent, { input, data }: Answered): What {
  const mine = event.runs.filter((run) => isOf(input, run.id, run.experimentId));
  const isOther = !data || mine.some(({ id }) => event.added.includes(id)) || untold(mine, data as Outline).length > 0;
  return mine.length > 0 && isOther ? { againMs: OUTLINE_MS } : null;
}

/** What happened to the runs that a question is about; null for nothing. */
function newsOf(event: LiveEvent, input: unknown, other: ReadonlySet<string>): Kind | null {
  const id = idOf(input);
  if (id !== undefined && other.has(id)) return 'changed';
  if (event.runs.some((run) => isOf(input, run.id, run.experimentId))) return 'changed';
  if (id !== undefined && event.logged.includes(id)) return 'logged';
  return event.touched.some((run) => isOf(input, run.id, run.experimentId)) ? 'logged' : null;
}

type Pointed = { readonly experimentId?: string; readonly runIds?: readonly string[]; readonly target?: Target };
const pointed = (input: unknown): Pointed => (input ?? {}) as Pointed;

/** The experiment that a question is about, in whole or in part. */
const idOf = (input: unknown): string | undefined => {
  const { experimentId, target } = pointed(input);
  return experimentId ?? (target && 'experimentId' in target ? target.experimentId : undefined);
};

const runIdsOf = (input: unknown): readonly string[] => {
  const { runIds, target } = pointed(input);
  return runIds ?? (target && 'runIds' in target ? target.runIds : []);
};

/**
 * Whether a run may belong to a question. For a set of runs every run counts, because a page with a set follows only that
 * set.
 */
function isOf(input: unknown, runId: string, experimentId: string): boolean {
  const { target } = pointed(input);
  if (target && 'runSet' in target) return true;
  const id = idOf(input);
  return id === undefined ? runIdsOf(input).includes(runId) : id === experimentId;
}

function chartChange(event: LiveEvent, answered: Answered, _: ReadonlySet<string>, told: Told): What {
  const { input } = answered;
  const data = answered.data as ChartData | undefined;
  const runs = event.runs.filter((run) => isOf(input, run.id, run.experimentId));
  if (!data) return null; // an answer under way gets these points when it arrives
  const runIds = idOf(input) === undefined ? runIdsOf(input) : [];
  const series = runIds.length > 0 ? event.series.filter(({ runId }) => runIds.includes(runId)) : event.series;
  const next = grown(data, { series, runs }, (id) => told.params.get(id));
  const again = next.stale === 'all' || next.stale.length > 0 ? { againMs: CURVES_MS } : {};
  return next === data ? null : { data: next, ...again };
}

function runChange(event: LiveEvent, run: RunDetail): What {
  const after = grownRun(run, event);
  if (after === run) return null;
  // Some facts are recorded only at the end of a run, so the run is fetched again.
  const hasEnded = run.endedAt === null && after.endedAt !== null;
  return { data: after, ...(hasEnded ? { againMs: RUN_MS } : {}) };
}

/** The boundary pictures of some runs, and their training points. */
interface Boundary {
  readonly frames: readonly Frame[];
  readonly points: readonly DataPoints[];
}

function boundaryChange(event: LiveEvent, answered: Answered, other: ReadonlySet<string>): What {
  const { input } = answered;
  const data = answered.data as Boundary | undefined;
  const runIds = runIdsOf(input);
  const known = new Set(data?.frames.map(({ artifactId }) => artifactId));
  const fresh = event.frames.filter(({ runId, artifactId }) => runIds.includes(runId) && !known.has(artifactId));
  // The training points are recorded once the run has begun.
  const lacks = data && fresh.some(({ runId }) => !data.points.some((points) => points.runId === runId));
  const again = lacks || newsOf({ ...event, touched: [], logged: [] }, input, other) ? { againMs: BOUNDARY_MS } : null;
  if (!data || fresh.length === 0) return again;
  return { data: { ...data, frames: [...data.frames, ...fresh].sort((a, b) => a.step - b.step) }, ...again };
}

const hasFiles = (known: readonly Artifact[] | undefined, { last, bytes }: LiveEvent['files'][number]): boolean =>
  known !== undefined &&
  known.reduce((most, { id }) => Math.max(most, id), 0) === last &&
  known.reduce((sum, { size }) => sum + size, 0) === bytes;

/** The id of the last part of a log that the page has. */
const lastPart = (data: unknown): number =>
  (data as { parts?: readonly { id: number }[] } | undefined)?.parts?.at(-1)?.id ?? 0;
