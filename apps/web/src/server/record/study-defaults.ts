import { type Config, STUDIES } from '@whorl/core';

/** The config of a study's runs where nothing else is said; null for a study that is not known or trains nothing, and for none. */
export function studyDefaults(id: string | null): Config | null {
  const study = STUDIES.find((item) => item.id === id);
  return study?.kind === 'training' ? study.defaults : null;
}
