import { count } from './deletion-en.ts';

/** What is said of what other programs wrote, and of servers. */
export const IMPORTING_EN = {
  noFile: (path: string) => `${path}: expected a file or a folder, there is none of this name`,
  noFolder: (path: string) => `${path}: expected a folder to watch; whorl import takes in files`,
  bareAddress: (address: string) =>
    `${address}: to copy from a server, say of which kind: whorl import mlflow ${address}`,
  oneAddress: (given: string) => `expected one address behind mlflow, such as http://127.0.0.1:5000, got ${given}`,
  unreachable: (address: string, said: string) =>
    `${address} does not answer (${said}). Is the server running? What came in is kept: run the command again to go on`,
  noMlflow: (place: string, said: string) =>
    `${place} answered ${said}; expected an answer of MLflow's protocol. Is it the server's address, with MLFLOW_TRACKING_TOKEN, or _USERNAME and _PASSWORD, where it asks for them?`,
  noName: 'expected a name with a letter or a digit',
  noSource: (path: string) =>
    `${path}: found no event file of TensorBoard, no .wandb or .swanlab file, and no CSV or JSON Lines with a column of steps (step, global_step, iteration, epoch ...)`,
  read: (file: string, format: string, runs: number, points: number, media: number) =>
    `${file} (${format}): ${count(runs, 'run', 'runs')}, ${count(points, 'point', 'points')}, ${count(media, 'file', 'files')}`,
  unchanged: (file: string) => `${file}: nothing new`,
  shorter: (file: string) => `${file}: is shorter than what was read of it; it is read when it has all of that again`,
  damaged: (file: string, offset: number, reason: string) => `${file}, byte ${offset}: ${reason}`,
  unread: (file: string, what: string) => `${file}: not read: ${what}`,
  rest: (file: string, size: string) => `${file}: ${size} at the end are not read: a record that is not whole`,
  gone: (file: string) => `${file}: its run was deleted; it stays unread`,
  all: (runs: number, points: number, media: number) =>
    `${count(runs, 'run', 'runs')}, ${count(points, 'point', 'points')} and ${count(media, 'file', 'files')} came in`,
  watching: (folders: string) =>
    `Following ${folders}. Ctrl-C ends it; what is written meanwhile comes in the next time.`,
  failed: (file: string, why: string) => `${file}: ${why}`,
};
