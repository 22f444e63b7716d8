import { z } from 'zod';

/** A column of numbers as text: `columns.ts` packs and unpacks it. */
export const packedSchema = z.string();

/**
 * Points of one metric of one run as they travel, a column each: where they lie and their values.
 * @param place what the first is called: `steps` as they were recorded, or `x` along the axis of a chart
 */
export const pointColumns = <Place extends 'steps' | 'x', P extends z.ZodType, V extends z.ZodType>(
  place: Place,
  places: P,
  values: V,
) => ({ [place]: places, values }) as Record<Place, P> & Record<'values', V>;
