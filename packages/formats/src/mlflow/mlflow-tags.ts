import type { RunNews } from '../reading/events.ts';

/** What a tag of an MLflow run says of it; null for MLflow's own notes, by which nobody would group. */
export function mlflowTag(key: string, text: string): RunNews | null {
  const news = { kind: 'run', run: '' } as const;
  if (key === 'mlflow.runName') return { ...news, name: text };
  if (key === 'mlflow.note.content') return { ...news, notes: text };
  if (key === 'mlflow.user') return { ...news, facts: { user: text } };
  if (key === 'mlflow.source.name') return { ...news, facts: { command: text } };
  if (key === 'mlflow.source.git.commit') return { ...news, facts: { commit: text } };
  return key.startsWith('mlflow.') ? null : { ...news, tags: { [key]: text } };
}
