import { parse } from 'yaml';
import { AsWritten, configParams } from '../json/params.ts';
import type { RunNews } from '../reading/events.ts';
import { said } from '../reading/said.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
/** The value of an object under a key; undefined for other values. */
const of = (value: unknown, key: string): unknown =>
  value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

/**
 * `config.yaml`: for each key an object with its `value`. All texts stay as written, as Python and YAML disagree about
 * numbers.
 * @throws Error where it is not YAML
 */
export function readConfig(bytes: Uint8Array): RunNews {
  const keys: unknown = parse(text(bytes), { schema: 'failsafe' });
  const config = keys !== null && typeof keys === 'object' ? Object.keys(keys) : [];
  const params = config.map((key) => configParams(asWritten(of(of(keys, key), 'value') ?? ''), key));
  return { kind: 'run', run: '', params: Object.assign({}, ...params) as Record<string, string> };
}

const PLAIN = /^(?:-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)$/;
/** In a list, a text that is a plain number is kept as a number. */
function asWritten(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((item: unknown) =>
      typeof item === 'string' && PLAIN.test(item) ? new AsWritten(item) : asWritten(item),
    );
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asWritten(item)]));
}

/** `swanlab-metadata.json`. @throws SyntaxError */
export function readMetadata(bytes: Uint8Array): RunNews {
  const metadata: unknown = JSON.parse(text(bytes));
  const word = (part: string, key: string): string => {
    const value = of(of(metadata, part), key);
    return typeof value === 'string' ? value : '';
  };
  const version = word('swanlab', 'version');
  const facts = said({
    writer: version === '' ? '' : `swanlab ${version}`,
    host: word('runtime', 'hostname'),
    command: word('runtime', 'command'),
    python: word('runtime', 'python_version'),
    os: word('runtime', 'os'),
    commit: word('git', 'commit'),
    repository: word('git', 'remote_url'),
  });
  return { kind: 'run', run: '', facts };
}
