// Programs' names for columns of a metrics table that are not metrics, the surest name first.

const STEPS = ['step', '_step', 'global_step', 'trainer/global_step', 'iteration', 'iter', 'update', 'batch', 'epoch'];
const TIMES = ['timestamp', '_timestamp', 'wall_time', 'wall time', 'time', 'datetime', 'date', 'created_at'];
const RUNS = ['run', 'run_id', 'run_name', 'run id'];
const KEYS = ['metric', 'key', 'tag', 'name'];

/** Which columns of a table hold what, by their names; null where none does. */
export interface TableColumns {
  readonly step: string;
  readonly time: string | null;
  readonly run: string | null;
  /** The columns of key and value, for tables with one point in each row. */
  readonly long: { readonly key: string; readonly value: string } | null;
}

/** What the columns' names say; null where none is that of steps: it is not a table of metrics. */
export function tableColumns(names: readonly string[]): TableColumns | null {
  const find = (known: readonly string[]): string | null => {
    for (const word of known) {
      const name = names.find((candidate) => candidate.toLowerCase() === word);
      if (name !== undefined) return name;
    }
    return null;
  };
  const step = find(STEPS);
  if (step === null) return null;
  const [key, value] = [find(KEYS), find(['value'])];
  const long = key !== null && value !== null ? { key, value } : null;
  return { step, time: find(TIMES), run: find(RUNS), long };
}
