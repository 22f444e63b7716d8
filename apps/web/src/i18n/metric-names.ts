import type { useTranslations } from 'use-intl/react';

type MetricTexts = ReturnType<typeof useTranslations<'metrics'>>;

/** Metrics of no layer that Whorl records. Those of other programs go by their keys. */
const NAMED = [
  'loss',
  'accuracy',
  'trainLoss',
  'trainAccuracy',
  'testLoss',
  'testAccuracy',
  'ece',
  'stepsTo90',
  'stepsTo95',
  'oscillation',
  'gradientRatio',
  'initialGradientRatio',
  'parameters',
  'flops',
  'optimizerBytes',
] as const;
type Named = (typeof NAMED)[number];
const isNamed = (key: string): key is Named => (NAMED as readonly string[]).includes(key);

/** What a metric is called. */
export function metricName(t: MetricTexts, key: string): string {
  if (isNamed(key)) return t(key);
  const layer = layerMetric(key);
  return layer ? t(layer.measure, { layer: layer.layer }) : key;
}

/** What a metric is called on an axis, with its unit. */
export function metricAxis(t: MetricTexts, key: string): string {
  if (isNamed(key)) return t(`${key}Axis`);
  const layer = layerMetric(key);
  return layer ? t(`${layer.measure}Axis`) : key;
}

/** The name within a sentence: `Test accuracy` is `test accuracy` there, `FLOPs` stays. */
export function metricWord(t: MetricTexts, key: string): string {
  const name = metricName(t, key);
  return name === key || /^\p{Lu}{2}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

const LAYER_MEASURES = ['gradientNorm', 'activationMean', 'activationStd', 'deadUnits'] as const;

/** What a layer probe measured, and of which layer: `gradientNorm.2`. */
function layerMetric(key: string): { measure: (typeof LAYER_MEASURES)[number]; layer: string } | null {
  const [name, layer = '', ...rest] = key.split('.');
  const measure = LAYER_MEASURES.find((known) => known === name);
  return measure && /^\d+$/.test(layer) && rest.length === 0 ? { measure, layer } : null;
}
