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

/** Every study, in the order of the course, then what it leads to. A new one is one file and one line here. */
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
 * The study of that name.
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
 * The study of that name that trains runs.
 * @throws ConfigError naming the nearest study, or where that one trains nothing
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
 * What a study varies, the most telling first; nothing for one that this version does not know, or that trains nothing, and
 * where there is none. Pages
 * are told by the server: the studies' code is in none of their scripts.
 */
export function factorsOf(id: string | null): readonly string[] {
  const study = STUDIES.find((item) => item.id === id);
  return study?.kind === 'training' ? study.factors : [];
}

/** What a run of this config looks at: what its study does, and of a file the rows that are held out of the training. */
export function probesOf(config: Pick<Config, 'study' | 'data'>): Probes {
  const { probes } = trainingStudy(config.study);
  return config.data.name === 'csv' ? { test: evenSteps, ...probes } : probes;
}
