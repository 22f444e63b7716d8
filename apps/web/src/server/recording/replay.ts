import type { Config } from '@whorl/core';
import { openTrainer, PORTABLE_VERSIONS, type Prepared } from '@whorl/core/trainer';
import type { Columns } from '@whorl/store';
import { SaidError } from '../access/said-error.ts';

/** So many steps are trained anew here, as far as they take next to nothing: multiplications of all of them. */
const MOST_STEPS = 25;
const MOST_WORK = 200_000_000;

const weightsOf = ({ model }: Config, features: number, classes: number): number => {
  const widths = [features, ...(model.name === 'mlp' ? model.hidden : []), classes];
  return widths.slice(1).reduce((sum, units, i) => sum + ((widths[i] as number) + 1) * units, 0);
};

const older = (en: string, zh: string) =>
  new SaidError('CONFLICT', {
    en: `${en}: this page is of another version of Whorl than its server; load it again, and record once more`,
    zh: `${zh}：此页面与服务器的 Whorl 版本不同；请重新加载页面后再次记录`,
  });

/**
 * Trains the first steps here: what a page measured must be what this engine measures, bit for bit. Where one step is too much
 * work, none is.
 * @returns how many steps were trained
 * @throws SaidError where the page has another engine, or other losses
 */
export async function replayed(
  prepared: Prepared,
  engineVersions: Readonly<Record<string, string>>,
  { loss, accuracy }: Readonly<Record<string, Columns>>,
): Promise<number> {
  for (const [name, version] of Object.entries(PORTABLE_VERSIONS)) {
    const got = engineVersions[name];
    if (got !== version)
      throw older(
        `engine ${name}: got ${got ?? 'none'}, expected ${version}`,
        `引擎 ${name}：得到 ${got ?? '无'}，应为 ${version}`,
      );
  }
  const { config, train, steps, stepsPerEpoch } = prepared;
  const work = (3 * weightsOf(config, train.features, train.classes) * train.count) / stepsPerEpoch;
  const count = Math.min(steps, MOST_STEPS, Math.floor(MOST_WORK / work));
  if (count === 0) return 0;
  const trainer = await openTrainer(prepared);
  const rows = trainer.advance(count);
  for (let step = 0; step < count; step++) {
    const [own, ownAccuracy] = [rows[2 * step], rows[2 * step + 1]];
    const [got, gotAccuracy] = [loss?.values[step], accuracy?.values[step]];
    if (Object.is(own, got) && Object.is(ownAccuracy, gotAccuracy)) continue;
    throw older(
      `step ${step}: got the loss ${got}, this server has ${own}`,
      `第 ${step} 步：得到的损失是 ${got}，此服务器为 ${own}`,
    );
  }
  return count;
}
