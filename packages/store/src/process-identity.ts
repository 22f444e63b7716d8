import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process that records a run, with enough to tell later whether it still lives. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** When the process started, if the system tells: process ids are reused. */
  readonly processStart: string;
}

interface ProcessState {
  /** R for running, S for sleeping, Z for dead and not yet reaped by its parent, X for ending. */
  readonly letter: string;
  /** The start time in ticks since boot, with the boot's id. */
  readonly start: string;
}

/** The state of a process; null where it does not exist, or the system has no /proc. */
function stateOf(pid: number): ProcessState | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields 3 and 22. The command's name before them is in parentheses and may contain spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { letter: fields[0] as string, start: `${boot}/${fields[19]}` };
  } catch {
    return null;
  }
}

export function thisProcess(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, processStart: stateOf(process.pid)?.start ?? '' };
}

/** How long a run may be silent where the system cannot tell whether its process lives. */
const SILENCE_MS = 120_000;

const DEAD = ['Z', 'X'];

/**
 * Whether the process that recorded a run lives. A dead process that nobody reaped, as in containers whose first
 * process does not, still takes signals: only its state tells. For another machine, and without /proc, the last sign of
 * life decides.
 */
export function isAlive({ host, pid, processStart }: ProcessIdentity, heartbeatAt: Date): boolean {
  const isRecent = () => Date.now() - heartbeatAt.getTime() < SILENCE_MS;
  if (host !== hostname()) return isRecent();
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  if (processStart === '') return isRecent();
  const state = stateOf(pid);
  return state !== null && state.start === processStart && !DEAD.includes(state.letter);
}

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** A text that identifies this process and fits into a file name. */
export function writerMark(): string {
  const { host, pid, processStart } = thisProcess();
  return `${short(host)}-${pid}-${short(processStart)}`;
}

/** How long a file may stay unfinished where the system cannot tell whether its writer lives. */
const WRITING_MS = 3_600_000;

/** Whether the process of a mark lives; for another machine, and for an invalid mark, the file's age decides. */
export function isWriterAlive(mark: string, writtenAt: Date): boolean {
  const isRecent = Date.now() - writtenAt.getTime() < WRITING_MS;
  const [, host, pid, start] = /^([0-9a-f]{12})-(\d+)-([0-9a-f]{12})$/.exec(mark) ?? [];
  if (host !== short(hostname()) || start === short('')) return isRecent;
  const state = stateOf(Number(pid));
  return state !== null && short(state.start) === start && !DEAD.includes(state.letter);
}
