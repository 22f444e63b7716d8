import type { Journal } from './journal.ts';
import { type LoggedConfig, paramsOf } from './params.ts';
import { ClientRun } from './run.ts';
import type { Endpoint } from './server.ts';

export interface InitOptions {
  /** The experiment it is of, made where there is none of the name. */
  readonly experiment: string;
  /** What it was told: hyperparameters, and the seed as `seed`. */
  readonly config?: LoggedConfig;
  readonly tags?: Readonly<Record<string, string | number | boolean>>;
  readonly name?: string;
  /** Where Whorl answers; `http://127.0.0.1:4000` where nothing else is said. */
  readonly url?: string;
  /** The value of the server's WHORL_TOKEN, where it has one. */
  readonly token?: string;
  /** Hears what went wrong, each text once; the console where it is left out. */
  readonly warn?: (text: string) => void;
}

export const DEFAULT_URL = 'http://127.0.0.1:4000';

/** What the place where it runs adds: a browser or Node. */
export interface Host {
  readonly address: Endpoint;
  readonly environment: Readonly<Record<string, string>>;
  journalOf(runId: string): Journal;
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 16;

/** An id that no other run has: 82 bits of chance that decide no result. */
function newRunId(): string {
  const bytes = crypto.getRandomValues(new Uint32Array(ID_LENGTH));
  return `r${Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}

export function startRun(options: InitOptions, { address, environment, journalOf }: Host, onEnd = () => {}): ClientRun {
  const id = newRunId();
  const { experiment, config = {}, tags = {}, name = '' } = options;
  const warn = once(options.warn ?? ((text) => console.warn(`whorl: ${text}`)));
  const wire = {
    id,
    experiment,
    name,
    startedAt: Date.now(),
    params: paramsOf(config),
    tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)])),
    environment,
  };
  return new ClientRun(wire, { address, journal: journalOf(id), warn, now: Date.now, onEnd });
}

/** Says each text the first time only. */
function once(say: (text: string) => void): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text)) return;
    said.add(text);
    try {
      say(text);
    } catch {
      // Whoever listens must not end a training.
    }
  };
}
