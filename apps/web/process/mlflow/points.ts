import { invalidParameter } from './errors.ts';
import { readDouble, readInt64 } from './fields.ts';
import { checkMetricName } from './limits.ts';

// Points of metrics, read without a schema: of everything that a program sends these are the many.

/** A point of a metric as it came, with what else it says. */
export interface LoggedPoint {
  readonly key: string;
  readonly value: number;
  /** ms since 1970 */
  readonly timestamp: number;
  readonly step: number;
  readonly modelId: string | null;
  readonly datasetName: string;
  readonly datasetDigest: string;
}

/** @param at where it stands in the message: `metrics[3].`  @throws MlflowError */
export function readPoint(given: unknown, at = ''): LoggedPoint {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalidParameter(`Invalid value for parameter '${at.slice(0, -1)}' supplied: expected an object`);
  }
  const { key, value, timestamp, step, model_id, dataset_name, dataset_digest } = given as Readonly<
    Record<string, unknown>
  >;
  for (const [name, field] of [
    ['key', key],
    ['value', value],
    ['timestamp', timestamp],
  ]) {
    if (field === undefined || field === null || field === '') {
      throw invalidParameter(
        `Missing value for required parameter '${at}${name}'. See the API docs for more information about request parameters.`,
      );
    }
  }
  if (typeof key !== 'string') throw refused(at, 'key', key, 'Metric name must be a string');
  const number = readDouble(value);
  if (number === undefined) {
    throw refused(
      at,
      'value',
      value,
      `(timestamp=${String(timestamp).slice(0, 50)}). Please specify value as a valid double (64-bit floating point)`,
    );
  }
  const ms = readInt64(timestamp);
  if (ms === undefined || ms < 0) {
    throw refused(
      at,
      'timestamp',
      timestamp,
      `metric '${key}' (value=${number}). Timestamp must be a nonnegative long (64-bit integer) `,
    );
  }
  const steps = step === undefined || step === null ? 0 : readInt64(step);
  if (steps === undefined) {
    throw refused(at, 'step', step, `metric '${key}' (value=${number}). Step must be a valid long (64-bit integer).`);
  }
  return {
    key,
    value: number,
    timestamp: ms,
    step: steps,
    modelId: typeof model_id === 'string' && model_id !== '' ? model_id : null,
    datasetName: typeof dataset_name === 'string' ? dataset_name : '',
    datasetDigest: typeof dataset_digest === 'string' ? dataset_digest : '',
  };
}

function refused(at: string, name: string, value: unknown, why: string) {
  const shown =
    typeof value === 'object' ? (Array.isArray(value) ? '[...]' : '{...}') : JSON.stringify(value).slice(0, 200);
  return invalidParameter(`Invalid value ${shown} for parameter '${at}${name}' supplied: ${why}`);
}

/** Points by metric, each in the order in which they came, as columns. @throws MlflowError for a name that is none */
export function asSeries(points: readonly LoggedPoint[]) {
  const byKey = new Map<string, LoggedPoint[]>();
  points.forEach((point, i) => {
    const of = byKey.get(point.key);
    if (of) of.push(point);
    else {
      checkMetricName(point.key, points.length > 1 ? `metrics[${i}].` : '');
      byKey.set(point.key, [point]);
    }
  });
  return [...byKey].map(([key, of]) => ({
    key,
    steps: Float64Array.from(of, ({ step }) => step),
    values: Float64Array.from(of, ({ value }) => value),
    times: Float64Array.from(of, ({ timestamp }) => timestamp),
  }));
}
