type Values = Readonly<Record<string, unknown>>;

/** All combinations of the levels of some paths, the first path varying slowest. */
export const combinations = (levels: Readonly<Record<string, readonly unknown[]>>): Values[] =>
  Object.entries(levels).reduce<Values[]>(
    (rows, [path, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [path]: value }))),
    [{}],
  );

/** All combinations of some rows with others. */
export const crossed = (rows: readonly Values[], others: readonly Values[]): Values[] =>
  rows.flatMap((row) => others.map((other) => ({ ...row, ...other })));
