/** What a config may hold: the leaves become params, named by their dotted path. */
export type ConfigValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly ConfigValue[]
  | { readonly [key: string]: ConfigValue };
export type LoggedConfig = Readonly<Record<string, ConfigValue>>;

/**
 * The leaves of a config as texts: `{ optimizer: { lr: 0.1 } }` becomes `optimizer.lr` = `0.1`. A list of plain values
 * is one param, in JSON; undefined values are left out.
 */
export function paramsOf(config: LoggedConfig): Record<string, string> {
  const params: Record<string, string> = {};
  const visit = (prefix: string, value: ConfigValue): void => {
    if (value === undefined) return;
    if (value === null || typeof value !== 'object') params[prefix] = String(value);
    else if (isList(value)) params[prefix] = JSON.stringify(value);
    else for (const key in value) visit(prefix === '' ? key : `${prefix}.${key}`, value[key]);
  };
  visit('', config);
  return params;
}

const isList = (value: object): value is readonly ConfigValue[] => Array.isArray(value);
