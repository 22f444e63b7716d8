import { readFileSync } from 'node:fs';

const LOOK_MS = 500;
const SHELL = /^(ba|da|a|z|k)?sh$/;

/** What a file of a process says; undefined where it has gone, or the system has no /proc. */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1').trim();
  } catch {
    return undefined;
  }
}

/** The process above one. Its state and its parent stand behind its name, which may hold anything. */
const above = (pid) => read(pid, 'stat')?.split(') ').at(-1)?.split(' ')[1];

/**
 * Ends this process, as by SIGTERM, when the npm that started it has gone: a server that nobody sees any more must not
 * stay open. npm runs what it starts below a shell, which outlives an npm that is killed.
 */
export function endWithNpm() {
  if (process.env.npm_execpath === undefined) return;
  const shell = SHELL.test(read(process.ppid, 'comm') ?? '') ? process.ppid : undefined;
  const parents = () => `${process.ppid} ${shell && above(shell)}`;
  const first = parents();
  const timer = setInterval(() => {
    if (parents() === first) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_MS);
  timer.unref();
}
