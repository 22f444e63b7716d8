import { invalidParameter } from './errors.ts';

const CAMEL_KEY = /"[a-z]+[A-Z][A-Za-z]*"\s*:/;
const CAMEL = /^[a-z]+(?:[A-Z][a-z]*)+$/;
const DEEPEST = 8;

/**
 * A message with its fields as protobuf names them: JSON may write `runId` for `run_id`. What is deeper than any message stays as
 * it is.
 * @param source the JSON, which says whether there is anything to do
 * @throws MlflowError where a field is there in both spellings
 */
export function snakeCased(
  message: Readonly<Record<string, unknown>>,
  source: string,
): Readonly<Record<string, unknown>> {
  return CAMEL_KEY.test(source) ? (renamed(message, 0) as Readonly<Record<string, unknown>>) : message;
}

function renamed(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, depth + 1));
  const entries = Object.entries(value).map(([key, item]) => {
    const name = CAMEL.test(key) ? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : key;
    if (name !== key && Object.hasOwn(value, name)) {
      throw invalidParameter(`Request specifies both '${name}' and '${key}'; provide only one of them.`);
    }
    return [name, renamed(item, depth + 1)] as const;
  });
  return Object.fromEntries(entries);
}
