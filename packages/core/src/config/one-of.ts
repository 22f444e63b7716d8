import { z } from 'zod';
import type { Family, Kind } from '../kinds/kind.ts';

/** The part of a config that holds this kind: its name and its fields, and nothing else. */
type SchemaOf<K extends Kind> = z.ZodObject<{ name: z.ZodLiteral<K['id']> } & K['fields'], z.core.$strict>;

const schemaOf = <K extends Kind>({ id, fields }: K) =>
  z.strictObject({ name: z.literal(id), ...fields }) as unknown as SchemaOf<K>;

/** The schema of a part of a config that may be any kind of a family. */
export const oneOf = <F extends Family>(family: F) => {
  type Schema = { [N in keyof F]: SchemaOf<F[N]> }[keyof F];
  return z.discriminatedUnion('name', Object.values(family).map(schemaOf) as unknown as [Schema, ...Schema[]]);
};
