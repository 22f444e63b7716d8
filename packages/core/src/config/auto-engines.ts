import type { EngineName } from './engine-names.ts';
import type { Config } from './schema.ts';
import { batchRows } from './training-rows.ts';

/**
 * From this many multiplications in a step's forward pass through dense layers on, TensorFlow's wider vectors gain more
 * than its calls cost. Measured: docs/decisions/0023.
 */
const WIDE = 2e6;

/**
 * The engines that `auto` tries, fastest first. All configs that are trained together for a comparison get the same.
 * @param eager whether steps are to run op by op, which the portable engine cannot do
 */
export function autoEngines(configs: readonly Config[], eager = false): readonly EngineName[] {
  if (eager) return ['native', 'wasm', 'cpu'];
  return configs.some(isWide) ? ['native', 'portable', 'wasm', 'cpu'] : ['portable', 'native', 'wasm', 'cpu'];
}

/** Layers whose size follows from a file's columns or classes are not counted: these are not known here. */
function isWide(config: Config): boolean {
  const { data, model } = config;
  if (model.name !== 'mlp') return true;
  const inputs = data.name === 'mnist' ? 28 * 28 : 2;
  const perRow = model.hidden.reduce((sum, units, i) => sum + units * (model.hidden[i - 1] ?? inputs), 0);
  return perRow * batchRows(config) >= WIDE;
}
