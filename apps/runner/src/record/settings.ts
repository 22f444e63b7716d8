import path from 'node:path';
import { z } from 'zod';

const schema = z.object({
  WHORL_HOME: z.string().min(1).optional(),
  DATABASE_URL: z.string().min(1).optional(),
});

export interface Settings {
  readonly home: string;
  readonly databaseUrl: string | undefined;
}

/** Where the record is, from the environment. Read once. */
export function readSettings(): Settings {
  const env = schema.parse({
    WHORL_HOME: process.env.WHORL_HOME || undefined,
    DATABASE_URL: process.env.DATABASE_URL || undefined,
  });
  return { home: path.resolve(env.WHORL_HOME ?? '.whorl'), databaseUrl: env.DATABASE_URL };
}
