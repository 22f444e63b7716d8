import type { ModelConfig } from '../../config/schema.ts';
import { planConvnet } from './convnet.ts';
import { planMlp } from './mlp.ts';
import type { Network, Planning } from './network.ts';
import { ofKind } from './of-kind.ts';

type Plan<C extends ModelConfig> = (config: C, planning: Planning) => Network;

const PLANS = {
  mlp: planMlp,
  lenet: planConvnet,
  'alexnet-small': planConvnet,
} satisfies { [N in ModelConfig['name']]?: Plan<Extract<ModelConfig, { name: N }>> };

/** Plans a model of train/models. */
export const planNetwork = (config: ModelConfig, planning: Planning): Network =>
  ofKind<Plan<never>>(PLANS, 'model', config.name)(config as never, planning);
