import { buildConfig, type Probes, STUDIES, trainingStudy } from '@whorl/core';
import { loadEngine, train } from '@whorl/core/train';
import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../src/i18n/locales.ts';
import { MESSAGES } from '../src/i18n/messages.ts';
import { metricAxis, metricName, metricWord } from '../src/i18n/metric-names.ts';

const textsOf = (locale: (typeof LOCALES)[number]) =>
  createTranslator({ locale, messages: MESSAGES[locale], namespace: 'metrics' }) as Parameters<typeof metricName>[0];

/** Every metric that a study's run records: those of all probes of all studies, measured. */
async function recorded(): Promise<string[]> {
  const training = STUDIES.flatMap((study) => (study.kind === 'training' ? [study.probes] : []));
  const probes: Probes = Object.assign({}, ...training);
  const keys = new Set<string>();
  const note = (metrics: object) => {
    for (const key of Object.keys(metrics)) keys.add(key);
  };
  await train(buildConfig(trainingStudy('spiral').defaults, { epochs: 2, 'data.n': 20, 'model.hidden': [4, 4] }), {
    engine: await loadEngine('cpu'),
    probes: { ...probes, milestones: training.flatMap(({ milestones = [] }) => milestones) },
    onStep: ({ metrics }) => note(metrics),
    onMetrics: (_, metrics) => note(metrics),
  });
  return [...keys];
}

describe('the name of a metric', () => {
  it('ece, stepsTo90 and all else that Whorl records is in the language of the reader, as is its axis', async () => {
    const keys = await recorded();
    expect(keys).toEqual(expect.arrayContaining(['ece', 'stepsTo90', 'stepsTo95', 'testLoss', 'oscillation', 'flops']));
    expect(keys).toEqual(expect.arrayContaining(['gradientNorm.1', 'activationMean.2', 'deadUnits.1']));
    for (const locale of LOCALES) {
      const t = textsOf(locale);
      expect(keys.filter((key) => metricName(t, key) === key || metricAxis(t, key) === key)).toEqual([]);
    }
    const chinese = textsOf('zh');
    for (const key of keys) {
      expect(metricName(chinese, key)).toMatch(/[\u4e00-\u9fff]/);
      expect(metricAxis(chinese, key)).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('is the key for what another program logged', () => {
    expect(['val/bleu', 'gradientNorm.x'].map((key) => metricName(textsOf('zh'), key))).toEqual([
      'val/bleu',
      'gradientNorm.x',
    ]);
  });

  it('is written small within a sentence, where it is no abbreviation and nobody else’s', () => {
    const words = ['testAccuracy', 'flops', 'Val Loss'].map((key) => metricWord(textsOf('en'), key));
    expect(words).toEqual(['test accuracy', 'FLOPs', 'Val Loss']);
  });
});
