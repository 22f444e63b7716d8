import { z } from 'zod';
import { fieldsAt } from './paths.ts';

/** What a number of a config may be. */
export interface NumberBounds {
  readonly least: number;
  readonly most: number;
  /** Whether it must be above `least`, and below `most`. */
  readonly above: boolean;
  readonly below: boolean;
  readonly whole: boolean;
}

/**
 * The bounds of the number at a path, as the config's schema has them: for forms and addresses.
 * @throws Error where no number stands at the path
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
