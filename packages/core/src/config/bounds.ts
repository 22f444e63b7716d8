import { z } from 'zod';
import { fieldsAt } from './paths.ts';

/** Which values a number of a config may take. */
export interface NumberBounds {
  readonly least: number;
  readonly most: number;
  /** Whether `least` itself is excluded, and `most` itself. */
  readonly above: boolean;
  readonly below: boolean;
  readonly whole: boolean;
}

/**
 * The bounds that the config's schema sets for the number at a path: for forms and addresses.
 * @throws Error where the path holds no number
 */
export function boundsAt(path: string): NumberBounds {
  const field = fieldsAt(path).find(({ def }) => def.type === 'number');
  if (!field) throw new Error(`expected the path of a number, got ${path}`);
  const { type, minimum, exclusiveMinimum, maximum, exclusiveMaximum } = z.toJSONSchema(field);
  return {
    least: Number(minimum ?? exclusiveMinimum ?? Number.NEGATIVE_INFINITY),
    most: Number(maximum ?? exclusiveMaximum ?? Number.POSITIVE_INFINITY),
    above: exclusiveMinimum !== undefined,
    below: exclusiveMaximum !== undefined,
    whole: type === 'integer',
  };
}
