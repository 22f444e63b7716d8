import { suggestion } from '../config/nearest.ts';
import { ConfigError } from '../errors.ts';
import { activationsStudy } from './activations.ts';
import { spiralStudy } from './spiral.ts';
import type { Study } from './study.ts';

/** Every study. A new one is one file and one line here. */
export const STUDIES: readonly Study[] = [spiralStudy, activationsStudy];

/**
 * The study of that name.
 * @throws ConfigError naming the nearest study
 */
export function getStudy(id: string): Study {
  const study = STUDIES.find((item) => item.id === id);
  if (study) return study;
  const ids = STUDIES.map((item) => item.id);
  throw new ConfigError('study', `unknown study "${id}".${suggestion(id, ids)} Allowed: ${ids.join(', ')}`);
}
