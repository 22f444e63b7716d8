import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BenchError } from './bench-error.mjs';

/** Whether processes can be pinned to a core on this machine. */
export const canPin = (() => {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const PEERS = { mlflow: 'MLflow', trackio: 'Trackio', aim: 'Aim', wandb: 'W&B' };

/**
 * @param {keyof typeof PEERS} module also the option that names the Python
 * @param {string} python
 * @throws BenchError where that Python lacks it
 */
export function checkPython(module, python) {
  try {
    execFileSync(python, ['-c', `import ${module}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    const { stderr, message } = /** @type {{ stderr?: Buffer, message: string }} */ (error);
    const said = stderr?.toString().trim().split('\n').at(-1) || message;
    throw new BenchError(`--${module}: ${python} has no ${PEERS[module]}: ${said}`);
  }
}

/** Checks the Python at `python`. @param {string} python @throws BenchError where it lacks PyTorch */
export function checkTorch(python) {
  try {
    return execFileSync(python, ['-c', 'import torch; print(torch.__version__)'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  } catch (error) {
    const { stderr, message } = /** @type {{ stderr?: string, message: string }} */ (error);
    throw new BenchError(`--torch: ${python} has no PyTorch: ${stderr?.trim().split('\n').at(-1) ?? message}`);
  }
}

/** A process that measures on request: one JSON document in each line, both ways. */
export class Peer {
  /** @param {string} command @param {readonly string[]} args @param {{ core?: number | undefined }} [options] */
  constructor(command, args, { core } = {}) {
    const pinned = core !== undefined && canPin;
    this.child = spawn(pinned ? 'taskset' : command, pinned ? ['-c', String(core), command, ...args] : [...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    this.child.stderr.on('data', (text) => {
      said = `${said}${text}`.slice(-4000);
    });
    /** @type {((line: string) => void) | undefined} */
    this.hear = undefined;
    createInterface(this.child.stdout).on('line', (line) => this.hear?.(line));
    /** @type {Promise<never>} */
    this.gone = new Promise((_, reject) => {
      this.child.once('error', reject);
      this.child.once('exit', (code) => reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${said}`)));
    });
    this.gone.catch(() => {});
  }

  /** @param {unknown} question @returns {Promise<any>} */
  ask(question) {
    const answer = new Promise((resolve) => {
      this.hear = (line) => resolve(JSON.parse(line));
    });
    this.child.stdin.write(`${JSON.stringify(question)}\n`);
    return Promise.race([answer, this.gone]);
  }

  end() {
    this.child.stdin.end();
    this.child.kill();
  }
}
