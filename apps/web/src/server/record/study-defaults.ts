import { type Config, STUDIES } from '@whorl/core';

/** The config of a study's runs where nothing else is said; null for a study that is not known or trains nothing. */
export function studyDefaults(id: string): Config | null {
  const study = STUDIES.find((item) => item.id === id);
  return study?.kind === 'training' ? study.defaults : null;
}
