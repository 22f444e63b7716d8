import { spawn } from 'node:child_process';

/** A command that exited with something else than 0; `output` is all that it printed. */
export class CommandError extends Error {
  /** @param {string} command @param {string} outcome @param {string} output */
  constructor(command, outcome, output) {
    super(`${command}: ${outcome}\n${output.split('\n').slice(-40).join('\n')}`);
    this.output = output;
  }
}

/**
 * Runs a command to its end, quietly, and returns what it printed.
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, timeoutMs?: number }} [options]
 * @returns {Promise<string>}
 */
export function command(file, args, { cwd, env, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    const name = [file, ...args].join(' ');
    child.on('error', (error) => reject(new CommandError(name, error.message, output)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new CommandError(name, signal ? `stopped by ${signal}` : `exit code ${code}`, output));
    });
  });
}
