import { type Attribute, type Config, own, withoutPaths } from '@whorl/core';
import type { ArtifactRecord, ExperimentRecord, RunRecord, Texts } from '@whorl/store';
import { type Run, runSchema } from '#src/contract/schemas.ts';
import type { Viewer } from './context.ts';

// What a share shows is what is named here. Whoever has a link learns what was trained and how, and not at whose computer:
// of a file its name and hash, of the machine its kind. What leaves the server goes through this module, and what is
// found, sorted and grouped by is read the same way (`RunSelection.texts`): what is not shown cannot be asked for.

/** What is told of the place where a run was trained; whatever else a program noted is for the owner. */
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

/** Which attributes are told, and so can be asked for. Every one stands here: somebody has to decide. */
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

/** How the viewer reads texts. */
export const textsFor = (viewer: Viewer): Texts => (viewer.kind === 'owner' ? 'whole' : 'without paths');

/** A text as it is read. */
export const told = (text: string, texts: Texts): string => (texts === 'whole' ? text : withoutPaths(text));
const toldOrNull = (text: string | null, texts: Texts): string | null => (text === null ? null : told(text, texts));

/** Whether a key is told: cut, it would be another key. */
export const isKeyTold = (key: string, texts: Texts): boolean => told(key, texts) === key;

/** Whether an attribute is told; one that nobody decided on is not. */
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

/** A value of JSON, of any depth, with its texts as they are read. */
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

/** An experiment as it is shown. */
export const experimentFor = (texts: Texts, record: ExperimentRecord): ExperimentRecord =>
  texts === 'whole'
    ? record
    : {
        ...record,
        name: told(record.name, texts),
        study: toldOrNull(record.study, texts),
        notes: told(record.notes, texts),
      };

/** A run as it is shown, with all that is known of it. */
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

/** A config, with the file's own name of what is known to be a path, relative or not. */
function toldConfig(config: Config | null, texts: Texts): Config | null {
  if (config === null) return null;
  const told = toldValue(config, texts);
  const { data } = told;
  return data?.name === 'csv'
    ? { ...told, data: { ...data, path: data.path.split(/[\\/]/).at(-1) || data.path } }
    : told;
}

/** A run as lists and charts show it. */
export const runFor = (texts: Texts, record: RunRecord): Run => runSchema.parse(runDetailFor(texts, record));

/** What is told of a run by its name alone. */
export const namedFor = <T extends { readonly name: string }>(texts: Texts, named: T): T => ({
  ...named,
  name: told(named.name, texts),
});

/** What a file of a run is called. */
export const artifactFor = (texts: Texts, record: ArtifactRecord): ArtifactRecord =>
  texts === 'whole'
    ? record
    : { ...record, name: told(record.name, texts), mediaType: told(record.mediaType, texts), meta: {} };

const isText = (mediaType: string): boolean => /^text\/|[/+](?:json|xml)\b/.test(mediaType);

/** The bytes of a file as they are given: those of a text are another text where it names a place. */
export function bytesFor(texts: Texts, { mediaType }: ArtifactRecord, data: Buffer): Buffer {
  if (texts === 'whole' || !isText(mediaType)) return data;
  const text = data.toString('utf8');
  if (!/[/+]json\b/.test(mediaType)) return Buffer.from(told(text, texts));
  try {
    return Buffer.from(JSON.stringify(toldValue(JSON.parse(text), texts)));
  } catch {
    return Buffer.from(told(text, texts)); // it only says that it is JSON
  }
}
