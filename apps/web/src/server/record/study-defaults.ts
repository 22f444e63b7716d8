import { type Config, STUDIES } from '@whorl/core';

/** The default config of a study; null for no study, one that trains nothing, or one that is unknown. */
export function studyDefaults(id: string | null): Config | null {
  const study = STUDIES.find((item) => item.id === id);
  return study?.kind === 'training' ? study.defaults : null;
}
