import { z } from 'zod';

export const stable = z
  .boolean()
  .default(true) // the other form is kept to show how it overflows
  .describe('whether it is computed in the form that does not overflow');
