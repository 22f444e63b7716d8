import { z } from 'zod';
import { ACTIVATION_IDS } from '../activations/index.ts';

export const activation = z.enum(ACTIVATION_IDS);
export const init = z.enum(['pytorch', 'xavier', 'he']).describe('how the first weights are drawn');
export const dropout = z.number().min(0).lt(1).describe('share of units that a dropout layer drops');

const size = (label: string) => z.int().min(1).max(100_000).describe(label);

export const hidden = z.array(size('units of a hidden layer')).max(100);
export const filters = z.array(size('filters of a convolution')).min(2).max(8);
export const dense = z.array(size('units of a dense layer')).max(10);
export const pooling = z.enum(['average', 'max']).describe('average: 2 x 2; max: overlapping, 3 x 3 with stride 2');
