import { z } from 'zod';

export const factor = z.number().positive().max(1).describe('what the learning rate is multiplied by');
