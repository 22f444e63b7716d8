// Tags that MLflow's clients set, and what they are here.

/** The name of a run. */
export const NAME_TAG = 'mlflow.runName';
/** The notes of a run or an experiment. */
export const NOTES_TAG = 'mlflow.note.content';
export const USER_TAG = 'mlflow.user';

export interface SplitTags {
  readonly tags: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly notes?: string;
}

/** Tags without those that are the name and the notes here. */
export function splitTags({
  [NAME_TAG]: name,
  [NOTES_TAG]: notes,
  ...tags
}: Readonly<Record<string, string>>): SplitTags {
  return { tags, ...(name !== undefined && { name }), ...(notes !== undefined && { notes }) };
}

/** What the client says of the place where it runs, as Whorl's own runs have it. */
export function environmentOf(tags: Readonly<Record<string, string>>): Record<string, unknown> {
  const { [USER_TAG]: user, 'mlflow.source.name': script, 'mlflow.source.git.commit': commit } = tags;
  const dirty = tags['mlflow.source.git.dirty'];
  const git = { commit, ...(dirty !== undefined && { dirty: dirty.toLowerCase() === 'true' }) };
  return { ...(script && { script }), ...(user && { user }), ...(commit && { git }) };
}
