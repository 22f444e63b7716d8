import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which process records a run; enough to tell later whether it still lives. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** When the process started, as far as the system tells: ids of processes are used again. */
  readonly processStart: string;
}

/** Start time of a process in ticks since boot, with the boot's id; empty where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22; the command's name before it is in parentheses and may hold spaces.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    return '';
  }
}

export function thisProcess(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, processStart: startOf(process.pid) };
}

/** How long a run of another machine may go without a sign before it counts as dead. */
const SILENCE_MS = 120_000;

/** Whether the process that recorded a run is alive. */
export function isAlive({ host, pid, processStart }: ProcessIdentity, heartbeatAt: Date): boolean {
  if (host !== hostname()) return Date.now() - heartbeatAt.getTime() < SILENCE_MS;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return processStart === '' || startOf(pid) === processStart;
}
