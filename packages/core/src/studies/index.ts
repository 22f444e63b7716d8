import type { Config } from '../config/schema.ts';
import { ConfigError } from '../text/errors.ts';
import { suggested } from '../text/nearest.ts';
import { activationsStudy } from './activations.ts';
import { learningRateStudy } from './learning-rate.ts';
import { lenetVsAlexnetStudy } from './lenet-vs-alexnet.ts';
import { evenSteps } from './look-steps.ts';
import { mlpVsCnnStudy } from './mlp-vs-cnn.ts';
import { optimizersStudy } from './optimizers.ts';
import type { Probes } from './probes.ts';
import { repeatabilityStudy } from './repeatability.ts';
import { softmaxStudy } from './softmax.ts';
import { spiralStudy } from './spiral.ts';
import type { Study, TrainingStudy } from './study.ts';
import { tensorsStudy } from './tensors.ts';
import { vanishingGradientsStudy } from './vanishing-gradients.ts';
import { widthVsDepthStudy } from './width-vs-depth.ts';

/** The studies of the course, in its order, then the further ones. A new one is one file and one line here. */
export const STUDIES: readonly Study[] = [
  tensorsStudy,
  spiralStudy,
  learningRateStudy,
  lenetVsAlexnetStudy,
  activationsStudy,
  vanishingGradientsStudy,
  widthVsDepthStudy,
  softmaxStudy,
  optimizersStudy,
  repeatabilityStudy,
  mlpVsCnnStudy,
];

/**
 * The study of this id.
 * @throws ConfigError naming the nearest study
 */
export function getStudy(id: string): Study {
  const study = STUDIES.find((item) => item.id === id);
  if (study) return study;
  const ids = STUDIES.map((item) => item.id);
  const near = suggested(id, ids);
  throw new ConfigError('study', {
    en: `unknown study "${id}".${near.en} Allowed: ${ids.join(', ')}`,
    zh: `没有课题“${id}”。${near.zh}可用的有：${ids.join(', ')}`,
  });
}

/**
 * The study of this id, if it trains runs.
 * @throws ConfigError naming the nearest study, or where the study trains nothing
 */
export function trainingStudy(id: string): TrainingStudy {
  const study = getStudy(id);
  if (study.kind === 'training') return study;
  throw new ConfigError('study', {
    en: `"${id}" trains nothing; whorl run ${id} shows what it is about`,
    zh: `“${id}”不训练；whorl run ${id} 会展示它的内容`,
  });
}

/**
 * The factors of a study, the most telling first; empty for null, for a study that this version does not know, and for
 * one that trains nothing. Pages get this from the server: none of their scripts holds the studies' code.
 */
export function factorsOf(id: string | null): readonly string[] {
  const study = STUDIES.find((item) => item.id === id);
  return study?.kind === 'training' ? study.factors : [];
}

/** The probes of a run with this config: those of its study, and for a file the measures on its held-out rows. */
export function probesOf(config: Pick<Config, 'study' | 'data'>): Probes {
  const { probes } = trainingStudy(config.study);
  return config.data.name === 'csv' ? { test: evenSteps, ...probes } : probes;
}
