/** The command that trains a config with several seeds, from the one that trains it with the first. */
export const seedsCommand = (command: string, count: number): string =>
  count === 1
    ? command
    : command.replace(/ --seeds (\d+) /, (_, seed: string) => ` --seeds ${seed}..${Number(seed) + count - 1} `);
