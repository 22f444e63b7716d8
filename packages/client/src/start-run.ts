import type { Journal } from './journal.ts';
import { type LoggedConfig, paramsOf } from './params.ts';
import { ClientRun } from './run.ts';
import type { Endpoint } from './server.ts';

export interface InitOptions {
  /** The name of its experiment, which is made if there is none. */
  readonly experiment: string;
  /** Its hyperparameters, and the seed as `seed`. */
  readonly config?: LoggedConfig;
  readonly tags?: Readonly<Record<string, string | number | boolean>>;
  readonly name?: string;
  /** The address of Whorl; `http://127.0.0.1:4000` where left out. */
  readonly url?: string;
  /** The value of the server's WHORL_TOKEN, if it has one. */
  readonly token?: string;
  /** Is told what went wrong, each text once; the console where left out. */
  readonly warn?: (text: string) => void;
}

export const DEFAULT_URL = 'http://127.0.0.1:4000';

/** What the environment provides: a browser or Node. */
export interface Host {
  readonly address: Endpoint;
  readonly environment: Readonly<Record<string, string>>;
  journalOf(runId: string): Journal;
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 16;

/** A unique id: 82 random bits, which influence no result. */
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

/** Passes each text on the first time only. */
function once(say: (text: string) => void): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text)) return;
    said.add(text);
    try {
      say(text);
    } catch {
      // An error of the listener must not end a training.
    }
  };
}
