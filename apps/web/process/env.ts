import path from 'node:path';
import { z } from 'zod';

// The only module that reads environment variables. Everything else gets the parsed settings.

/** The settings of the server. */
export interface ServerSettings {
  readonly home: string;
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly shareHost: string;
  readonly sharePort: number;
  readonly token: string | undefined;
  /** The file to which this process's output goes; undefined where whoever started it reads the output. */
  readonly log: string | undefined;
}

/** An environment variable that cannot be used. The message names it. */
export class SettingsError extends Error {}

export const SHORTEST_TOKEN = 16;
export const DEFAULT_PORT = 4000;
export const DEFAULT_SHARE_PORT = 4001;

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'expected a port number')
    .transform(Number)
    .refine((value) => value <= 65_535, 'expected a port number of at most 65535')
    .default(fallback);

const host = z
  .string()
  .regex(/^[A-Za-z0-9.:-]+$/, 'expected a host name or an address')
  .default('127.0.0.1');

const schema = z.object({
  WHORL_HOME: z
    .string()
    .refine((value) => path.isAbsolute(value), 'expected the absolute path of a folder')
    .optional(),
  DATABASE_URL: z.string().optional(),
  WHORL_SERVER_LOG: z.string().optional(),
  WHORL_HOST: host,
  WHORL_PORT: port(DEFAULT_PORT),
  WHORL_SHARE_HOST: host,
  WHORL_SHARE_PORT: port(DEFAULT_SHARE_PORT),
  WHORL_TOKEN: z
    .string()
    .min(SHORTEST_TOKEN, `expected at least ${SHORTEST_TOKEN} characters`)
    .regex(/^[\x21-\x7e]+$/, 'expected printable ASCII without spaces')
    .optional(),
});

/** Whether only this machine can reach the address. */
export function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

/**
 * Parses the settings. Empty variables count as unset.
 * @throws SettingsError naming the variable, what came and what to set
 */
export function parseSettings(env: Readonly<Record<string, string | undefined>>): ServerSettings {
  const known = Object.keys(schema.shape);
  const given = Object.fromEntries(known.filter((key) => env[key]).map((key) => [key, env[key]]));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    const came = name === 'WHORL_TOKEN' ? 'a text that is not' : JSON.stringify(given[name]);
    throw new SettingsError(`${name}: ${issue?.message}, got ${came}`);
  }
  const value = parsed.data;
  if (!isLoopback(value.WHORL_HOST) && value.WHORL_TOKEN === undefined) {
    throw new SettingsError(
      `WHORL_HOST is ${value.WHORL_HOST}, which other machines can reach: set WHORL_TOKEN to a secret of at least ` +
        `${SHORTEST_TOKEN} characters, or WHORL_HOST to 127.0.0.1`,
    );
  }
  return {
    home: value.WHORL_HOME ?? path.resolve('.whorl'),
    databaseUrl: value.DATABASE_URL,
    host: value.WHORL_HOST,
    port: value.WHORL_PORT,
    shareHost: value.WHORL_SHARE_HOST,
    sharePort: value.WHORL_SHARE_PORT,
    token: value.WHORL_TOKEN,
    log: value.WHORL_SERVER_LOG,
  };
}
