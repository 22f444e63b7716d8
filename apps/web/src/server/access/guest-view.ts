import { type Attribute, type Config, own, withoutPaths } from '@whorl/core';
import type { ArtifactRecord, ExperimentRecord, RunRecord, Texts } from '@whorl/store';
import { type Run, runSchema } from '#src/contract/schemas.ts';
import type { Viewer } from './context.ts';

// Defines what a share shows. Guests learn what was trained and how, but not on whose computer: of a file they see name and
// hash, of a machine its kind. Everything that leaves the server passes through this module. Searching, sorting and grouping
// use the same view (`RunSelection.texts`), so that what is hidden cannot be asked for either.

/** The parts of a run's environment that guests see. Anything else that a program noted is for the owner. */
const TOLD_OF_ENVIRONMENT: ReadonlySet<string> = new Set([
  'whorl',
  'engineVersions',
  'threads',
  'git',
  'node',
  'os',
  'cpu',
  'cores',
  'data',
  'stepsPerEpoch',
  'eagerBecause',
]);

/** Whether guests see an attribute, and so can ask for it. The type demands a decision on every attribute. */
const TOLD_ATTRIBUTES: Readonly<Record<Attribute, boolean>> = {
  id: true,
  name: true,
  status: true,
  source: true,
  study: true,
  engine: true,
  mode: true,
  duration: true,
  created: true,
  started: true,
  ended: true,
  notes: true,
  command: true,
  error: true,
};

/** How texts are shown to a viewer. */
export const textsFor = (viewer: Viewer): Texts => (viewer.kind === 'owner' ? 'whole' : 'without paths');

/** A text as the viewer sees it. */
export const told = (text: string, texts: Texts): string => (texts === 'whole' ? text : withoutPaths(text));
const toldOrNull = (text: string | null, texts: Texts): string | null => (text === null ? null : told(text, texts));

/** Whether the viewer sees a key. A key is never shortened, because it would be another key. */
export const isKeyTold = (key: string, texts: Texts): boolean => told(key, texts) === key;

/** Whether the viewer sees an attribute. Guests see none without a decision. */
export const isAttributeTold = (key: Attribute, texts: Texts): boolean =>
  texts === 'whole' || own(TOLD_ATTRIBUTES, key) === true;

/** What programs note of themselves in tags, such as whose account they ran in and where their script lies. */
const OF_PROGRAMS = 'mlflow.';

/** Whether a tag is told: what programs note of themselves is for the owner. */
export const isTagTold = (key: string, texts: Texts): boolean =>
  texts === 'whole' || (!key.startsWith(OF_PROGRAMS) && isKeyTold(key, texts));

/** Whether something of the environment is told, by its dotted path. */
export const isEnvironmentTold = (key: string, texts: Texts): boolean =>
  texts === 'whole' || (TOLD_OF_ENVIRONMENT.has(key.split('.', 1)[0] ?? '') && isKeyTold(key, texts));

/** A JSON value with all its texts as the viewer sees them. */
function toldValue<T>(value: T, texts: Texts): T;
function toldValue(value: unknown, texts: Texts): unknown {
  if (typeof value === 'string') return told(value, texts);
  if (Array.isArray(value)) return value.map((item) => toldValue(item, texts));
  if (typeof value !== 'object' || value === null) return value;
  return toldRecord(value as Record<string, unknown>, texts);
}

const toldRecord = <T>(record: Readonly<Record<string, T>>, texts: Texts): Record<string, T> =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([key]) => isKeyTold(key, texts))
      .map(([key, value]) => [key, toldValue(value, texts)]),
  );

/** An experiment as the viewer sees it. */
export const experimentFor = (texts: Texts, record: ExperimentRecord): ExperimentRecord =>
  texts === 'whole'
    ? record
    : {
        ...record,
        name: told(record.name, texts),
        study: toldOrNull(record.study, texts),
        notes: told(record.notes, texts),
      };

/** A run with all details, as the viewer sees it. */
export function runDetailFor(texts: Texts, record: RunRecord): RunRecord {
  if (texts === 'whole') return record;
  const { config, environment } = record;
  return {
    ...record,
    name: told(record.name, texts),
    study: toldOrNull(record.study, texts),
    engine: toldOrNull(record.engine, texts),
    mode: toldOrNull(record.mode, texts),
    command: told(record.command, texts),
    notes: told(record.notes, texts),
    error: toldOrNull(record.error, texts),
    config: toldConfig(config, texts),
    environment: toldRecord(
      Object.fromEntries(Object.entries(environment).filter(([key]) => isEnvironmentTold(key, texts))),
      texts,
    ),
    tags: toldRecord(Object.fromEntries(Object.entries(record.tags).filter(([key]) => isTagTold(key, texts))), texts),
    params: toldRecord(record.params, texts),
    metrics: record.metrics.filter(({ key }) => isKeyTold(key, texts)),
  };
}

/** A config in which the path of a data file is reduced to the file's name. */
function toldConfig(config: Config | null, texts: Texts): Config | null {
  if (config === null) return null;
  const told = toldValue(config, texts);
  const { data } = told;
  return data?.name === 'csv'
    ? { ...told, data: { ...data, path: data.path.split(/[\\/]/).at(-1) || data.path } }
    : told;
}

/** A run for lists and charts, as the viewer sees it. @param brief the metrics that are told with it; all if left out */
export function runFor(texts: Texts, record: RunRecord, brief?: (run: RunRecord) => Run['metrics']): Run {
  const run = runDetailFor(texts, record);
  return runSchema.parse({ ...run, metrics: brief?.(run) ?? run.metrics, metricCount: run.metrics.length });
}

/** Anything with a name, as the viewer sees it. */
export const namedFor = <T extends { readonly name: string }>(texts: Texts, named: T): T => ({
  ...named,
  name: told(named.name, texts),
});

/** A file's description, as the viewer sees it. */
export const artifactFor = (texts: Texts, record: ArtifactRecord): ArtifactRecord =>
  texts === 'whole'
    ? record
    : { ...record, name: told(record.name, texts), mediaType: told(record.mediaType, texts), meta: {} };

const isText = (mediaType: string): boolean => /^text\/|[/+](?:json|xml)\b/.test(mediaType);

/** The bytes of a file, as the viewer sees them: in text files paths are removed. */
export function bytesFor(texts: Texts, { mediaType }: ArtifactRecord, data: Buffer): Buffer {
  if (texts === 'whole' || !isText(mediaType)) return data;
  const text = data.toString('utf8');
  if (!/[/+]json\b/.test(mediaType)) return Buffer.from(told(text, texts));
  try {
    return Buffer.from(JSON.stringify(toldValue(JSON.parse(text), texts)));
  } catch {
    return Buffer.from(told(text, texts)); // not JSON, although its type says so
  }
}
