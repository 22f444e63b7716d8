import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const TICK_MS = 10; // what Linux counts the time of a processor in

/** @param {number} pid */
function cpuOf(pid) {
  try {
    // After the name, which may have spaces and brackets, come the fields from the third on.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return TICK_MS * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return Number.NaN; // it has gone, or this is no Linux
  }
}

/** The memory that is a process's own, with its part of what it shares with others. @param {number} pid @param {number} rss in MB */
function memoryOf(pid, rss) {
  try {
    const kib = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return kib === undefined ? rss : Number(kib) / 1024;
  } catch {
    return rss;
  }
}

/**
 * A process and those that it started, and theirs, with the memory that they have and the time that they took.
 * @param {number} root its id
 * @returns {{ pid: number, mb: number, cpuMs: number }[]} in order of their ids
 */
export function processesOf(root) {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n');
  const all = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const found = [root];
  for (const pid of found) for (const [child = 0, parent] of all) if (parent === pid) found.push(child);
  return all
    .filter(([pid = 0]) => found.includes(pid))
    .map(([pid = 0, , kib = 0]) => ({ pid, mb: memoryOf(pid, kib / 1024), cpuMs: cpuOf(pid) }))
    .sort((a, b) => a.pid - b.pid);
}

/** Looks at processes again and again until it is told to stop. */
export class Watched {
  #most = 0;
  #mostOfOne = 0;

  /** @param {number} root @param {number} everyMs */
  constructor(root, everyMs) {
    const look = () => {
      const mb = processesOf(root).map((process) => process.mb);
      this.#most = Math.max(
        this.#most,
        mb.reduce((sum, one) => sum + one, 0),
      );
      this.#mostOfOne = Math.max(this.#mostOfOne, ...mb);
    };
    look();
    this.timer = setInterval(look, everyMs);
  }

  /** The most memory that all of them had together, and the most that one had, in MB. */
  stop() {
    clearInterval(this.timer);
    return { mb: this.#most, mbOfOne: this.#mostOfOne };
  }
}
