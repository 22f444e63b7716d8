import { plain, weightDecay } from './fields.ts';
import type { OptimizerKind } from './optimizer-kind.ts';

export const adamw = {
  id: 'adamw',
  label: 'AdamW',
  otherNames: ['adam with weight decay', 'adam decoupled'],
  fields: { ...plain, weightDecay: weightDecay.default(0.01) }, // torch.optim.AdamW's
  facts: { slots: 2 },
} as const satisfies OptimizerKind;
