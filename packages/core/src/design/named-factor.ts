import { pathsMeant } from '../config/paths.ts';
import { ConfigError } from '../text/errors.ts';
import { suggested } from '../text/nearest.ts';
import type { Text } from '../text/text.ts';
import type { Observed } from './observation.ts';
import { varyingPaths } from './varying.ts';

/**
 * The varying path that a name stands for: the path itself, its end, or the part whose kind it is (`optimizer` for
 * `optimizer.name`).
 * @throws ConfigError naming what varies
 */
export function resolveFactor(name: string, observations: readonly Observed[]): string {
  const varying = varyingPaths(observations);
  if (varying.length === 0) throw new ConfigError('--by', NOTHING_VARIES);
  const meant = pathsMeant(name, varying);
  if (meant.length === 1) return meant[0] as string;
  const all = varying.join(', ');
  if (meant.length > 1) {
    throw new ConfigError('--by', {
      en: `"${name}" stands for ${meant.join(' and ')}. What varies: ${all}`,
      zh: `“${name}”可以指 ${meant.join('、')}。有变化的有：${all}`,
    });
  }
  const near = suggested(
    name,
    varying.flatMap((path) => [path.replace(/\.name$/, ''), path.split('.').at(-1) as string]),
  );
  throw new ConfigError('--by', {
    en: `nothing varies that is called "${name}".${near.en} What varies: ${all}`,
    zh: `没有名为“${name}”的变化项。${near.zh}有变化的有：${all}`,
  });
}

/** The message where nothing can be compared. */
export const NOTHING_VARIES: Text = {
  en: 'these runs differ in nothing but their seeds',
  zh: '这些运行除种子外没有任何不同',
};
