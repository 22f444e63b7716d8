import type { ModelConfig } from '../../config/schema.ts';
import { planConvnet } from './convnet.ts';
import { planMlp } from './mlp.ts';
import type { Network, Planning } from './network.ts';

const PLANS: {
  [N in ModelConfig['name']]: (config: Extract<ModelConfig, { name: N }>, planning: Planning) => Network;
} = {
  mlp: planMlp,
  lenet: planConvnet,
  'alexnet-small': planConvnet,
};

/** Plans a model of core: of every kind there is. */
export const planNetwork = (config: ModelConfig, planning: Planning): Network =>
  (PLANS[config.name] as (config: ModelConfig, planning: Planning) => Network)(config, planning);
