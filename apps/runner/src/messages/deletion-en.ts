// What `whorl rm` and `whorl gc` say in English.

/** A number with its noun. */
export const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const DELETION_EN = {
  ask: { yes: ['y', 'yes'] as readonly string[] },
  rm: {
    nothing: 'expected runs or experiments to delete (whorl ls lists them), or --archived <days>',
    archivedAlone: 'takes no names beside it: it says itself what goes',
    days: (came: string) => `expected a number of days from 0 on, got "${came}"`,
    needsYes: 'nothing was deleted: there is no terminal to ask on; --yes deletes without asking',
    jsonNeedsYes: 'asks nothing; give --yes as well',
    oneRun: 'expected one run, whose files they are',
    noFile: (name: string, run: string) => `run ${run} has no file "${name}"`,
    none: 'There is nothing to delete.',
    experiment: (name: string) => `the experiment "${name}"`,
    run: (name: string) => `the run "${name}"`,
    archived: (experiments: number, runs: number, days: number) =>
      `archived for ${count(days, 'day', 'days')}: ${count(experiments, 'experiment', 'experiments')}, and ${count(runs, 'run', 'runs')} of others`,
    more: (names: number) => `and ${names} more`,
    title: 'To be deleted for good, which cannot be undone:',
    loss: (
      {
        runs,
        points,
        files,
        models,
        views,
      }: Readonly<Record<'runs' | 'points' | 'files' | 'models' | 'views', number>>,
      size: string,
    ) =>
      [
        count(runs, 'run', 'runs'),
        count(points, 'point', 'points'),
        files > 0 ? `${count(files, 'file', 'files')} (${size})` : '0 files',
        ...(models > 0 ? [count(models, 'logged model', 'logged models')] : []),
        ...(views > 0 ? [count(views, 'saved view', 'saved views')] : []),
      ].join(', '),
    closes: (shares: number) => `${count(shares, 'share link leads', 'share links lead')} to nothing from then on`,
    narrows: (shares: number) =>
      `${count(shares, 'link to a comparison shows', 'links to comparisons show')} fewer runs from then on`,
    ask: 'Delete for good? [y/N]',
    kept: 'nothing was deleted',
    deleted: (runs: number, size: string) =>
      `deleted ${count(runs, 'run', 'runs')} for good, with ${size} of files; whorl gc gives the disk the database's room back`,
    filesOf: (files: number, run: string, size: string) =>
      `To be deleted for good, which cannot be undone: ${count(files, 'file', 'files')} (${size}) of the run "${run}"`,
    filesDeleted: (files: number) => `deleted ${count(files, 'file', 'files')} for good`,
  },
  gc: {
    none: 'Nothing is left behind.',
    found: (parts: number, files: number, size: string) =>
      `${count(parts, 'unfinished file', 'unfinished files')} and ${count(files, 'file', 'files')} of no run, ${size}`,
    rows: (rows: number) => count(rows, 'row that belongs to nothing', 'rows that belong to nothing'),
    room: (size: string) => `${size} of the database where nothing is`,
    removed: (what: readonly string[]) => `removed ${what.join('; ')}`,
    dry: (what: readonly string[]) => `${what.join('; ')}; whorl gc removes it`,
  },
};
