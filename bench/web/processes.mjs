import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const TICK_MS = 10; // the unit in which Linux counts processor time

/** @param {number} pid */
function cpuOf(pid) {
  try {
    // The fields from the third on follow the name, which may contain spaces and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return TICK_MS * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return Number.NaN; // it is gone, or this is not Linux
  }
}

/**
 * The memory of a process, with its share of what it shares with others. @param {number} pid @param {number} rss in MB
 */
function memoryOf(pid, rss) {
  try {
    const kib = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return kib === undefined ? rss : Number(kib) / 1024;
  } catch {
    return rss;
  }
}

/**
 * A process and all its descendants, with their memory and processor time.
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

/** Observes processes until it is told to stop. */
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
