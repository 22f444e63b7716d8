import type { EngineName } from './engine-names.ts';
import type { Config } from './schema.ts';
import { batchRows } from './training-rows.ts';

/**
 * Multiplications of a step's forward pass through dense layers from which TensorFlow's wider vectors outweigh what its
 * calls cost: measured, docs/decisions/0023.
 */
const WIDE = 2e6;

/**
 * The engines that `auto` tries, the fastest first. All configs that are trained together, to be compared, get the same.
 * @param eager whether steps are to run op by op, which the portable engine cannot
 */
export function autoEngines(configs: readonly Config[], eager = false): readonly EngineName[] {
  if (eager) return ['native', 'wasm', 'cpu'];
  return configs.some(isWide) ? ['native', 'portable', 'wasm', 'cpu'] : ['portable', 'native', 'wasm', 'cpu'];
}

/** The multiplications of those from a file's columns and to its classes are not known here. */
function isWide(config: Config): boolean {
  const { data, model } = config;
  if (model.name !== 'mlp') return true;
  const inputs = data.name === 'mnist' ? 28 * 28 : 2;
  const perRow = model.hidden.reduce((sum, units, i) => sum + units * (model.hidden[i - 1] ?? inputs), 0);
  return perRow * batchRows(config) >= WIDE;
}
