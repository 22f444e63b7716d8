import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../measure/bench-error.mjs';
import { machine, printTable } from '../measure/report.mjs';
import { KINDS } from './kinds.mjs';

const ROUNDS = 300;
/** Rounds of a tiny campaign: ordinary ones, and ones without a reaper. */
const TINY = { usual: 1, namespace: 1 };
const SEED = 1;
/** The epochs of a run: enough for more than a second, and few enough for a quick tiny campaign. */
const EPOCHS = 1500;
const TINY_EPOCHS = 300;
const campaign = fileURLToPath(new URL('./campaign.mjs', import.meta.url));
/** A process namespace whose first process is the campaign itself: Node reaps its own children only, and no orphans. */
const NAMESPACE = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];

/** @typedef {{ kind: import('./kinds.mjs').Kind, at: number, faults: readonly string[] }} Round */

/**
 * Kills sweeps at random moments in every way there is, and checks the record: the status at the first look, the points
 * against those of the same training undisturbed, processes left behind, the exit code, and what is left over after
 * `whorl gc`. Half of the rounds are in a process namespace without a reaper, where the system allows one. A fault is
 * an error, which the exit code reports.
 * @param {{ rounds?: number | undefined, tiny: boolean, json: boolean }} options
 */
export async function bench({ tiny, json, rounds = tiny ? TINY.usual + TINY.namespace : ROUNDS }) {
  if (process.platform === 'win32') throw new BenchError('bench -- crash: there are no signals on Windows');
  const say = (/** @type {string} */ text) => {
    if (!json) console.log(text);
  };
  say(`${machine()}\n`);
  const inNamespace = mayUnshare() ? (tiny ? TINY.namespace : rounds >> 1) : 0;
  if (inNamespace === 0) say('  ! no process namespaces here: every round has a reaper');
  const parts = [
    { where: 'as usual', before: [], first: 0, count: rounds - inNamespace },
    { where: 'without a reaper', before: NAMESPACE, first: rounds - inNamespace, count: inNamespace },
  ];
  const rows = [];
  const faults = [];
  for (const { where, before, first, count } of parts) {
    if (count <= 0) continue;
    const seen = await run(before, { first, count, epochs: tiny ? TINY_EPOCHS : EPOCHS }, (round) => {
      say(`  … ${where}, ${first + count - round.at} to go: ${round.kind}${round.faults.length > 0 ? ' ✗' : ''}`);
    });
    for (const kind of KINDS) {
      const mine = seen.filter((round) => round.kind === kind);
      if (mine.length === 0) continue;
      rows.push({
        case: `${kind}, ${where}`,
        rounds: mine.length,
        faults: mine.filter((round) => round.faults.length > 0).length,
      });
    }
    faults.push(
      ...seen.flatMap(({ kind, at, faults }) => faults.map((fault) => `${kind}, ${where}, round ${at}: ${fault}`)),
    );
  }
  if (json) console.log(JSON.stringify({ rows }));
  else printTable(rows);
  for (const fault of faults) console.error(`✗ ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

/** Whether this user may make a process namespace. */
function mayUnshare() {
  try {
    const [command = '', ...args] = NAMESPACE;
    execFileSync(command, [...args, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {readonly string[]} before @param {{ first: number, count: number, epochs: number }} rounds
 * @param {(round: Round) => void} heard @returns {Promise<Round[]>}
 */
async function run(before, { first, count, epochs }, heard) {
  const home = mkdtempSync(path.join(tmpdir(), 'whorl-crash-'));
  const [command = '', ...args] = [...before, process.execPath, campaign, home, `${SEED}`];
  args.push(...[first, count, epochs].map(String));
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const rounds = [];
    for await (const line of createInterface(child.stdout)) {
      const round = /** @type {Round} */ (JSON.parse(line));
      rounds.push(round);
      heard(round);
    }
    if (rounds.length < count) throw new Error(`the campaign ended after ${rounds.length} of ${count} rounds`);
    return rounds;
  } finally {
    child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  }
}
