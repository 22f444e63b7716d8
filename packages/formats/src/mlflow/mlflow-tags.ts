import type { RunNews } from '../reading/events.ts';

/** What a tag of a run of MLflow says of it; null of what MLflow notes for itself, which is nothing to group by. */
export function mlflowTag(key: string, text: string): RunNews | null {
  const news = { kind: 'run', run: '' } as const;
  if (key === 'mlflow.runName') return { ...news, name: text };
  if (key === 'mlflow.note.content') return { ...news, notes: text };
  if (key === 'mlflow.user') return { ...news, facts: { user: text } };
  if (key === 'mlflow.source.name') return { ...news, facts: { command: text } };
  if (key === 'mlflow.source.git.commit') return { ...news, facts: { commit: text } };
  return key.startsWith('mlflow.') ? null : { ...news, tags: { [key]: text } };
}
