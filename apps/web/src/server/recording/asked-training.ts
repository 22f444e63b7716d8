import { isPlanar, parseConfig, trainingRows, trainingStudy } from '@whorl/core';
import { type Prepared, prepareFrom } from '@whorl/core/trainer';
import { MOST_RECORDED_STEPS } from '#src/contract/recording.ts';
import { reading, refused } from './refused.ts';

/** More points than anybody trains on in a page. */
const MOST_ROWS = 200_000;

const NO_FILES = {
  mnist: () => Promise.reject(new Error('a page has no pictures')),
  csv: () => Promise.reject(new Error('a page has no files')),
};

/**
 * The config that a page trained, with its data, which the server draws anew: nothing of it is taken from the page.
 * @throws SaidError for what is no config, or none that a page can train to its end
 */
export async function askedTraining(config: unknown): Promise<Prepared> {
  const read = await reading(async () => {
    const parsed = parseConfig(config);
    trainingStudy(parsed.study);
    return parsed;
  });
  const { data, model } = read;
  if (!isPlanar(data.name) || data.name === 'csv')
    throw refused(
      `data.name: got ${data.name}, expected points in the plane that are drawn from the seed; npx whorl run records the others`,
      `data.name：得到的是 ${data.name}，应为由种子生成的平面点；其他数据请用 npx whorl run 记录`,
    );
  if (model.name !== 'mlp')
    throw refused(
      `model.name: got ${model.name}, expected mlp; npx whorl run records the others`,
      `model.name：得到的是 ${model.name}，应为 mlp；其他模型请用 npx whorl run 记录`,
    );
  const rows = trainingRows(data);
  if (rows > MOST_ROWS)
    throw refused(
      `data.n: ${rows} points to train on, at most ${MOST_ROWS} can be recorded from a page; npx whorl run records more`,
      `data.n：共 ${rows} 个训练点，网页最多记录 ${MOST_ROWS} 个；更多的请用 npx whorl run 记录`,
    );
  const prepared = await prepareFrom(NO_FILES, read);
  if (prepared.steps > MOST_RECORDED_STEPS)
    throw refused(
      `epochs: ${prepared.steps} steps, at most ${MOST_RECORDED_STEPS} can be recorded from a page; npx whorl run records more`,
      `epochs：共 ${prepared.steps} 步，网页最多记录 ${MOST_RECORDED_STEPS} 步；更多的请用 npx whorl run 记录`,
    );
  return prepared;
}
