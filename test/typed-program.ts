import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '@whorl/store';
import { type LogPlace, plainCode, programOf } from '../apps/web/src/features/programs/model/programs.ts';
import { command } from '../scripts/setup/command.mjs';
import type { BuiltApp } from './built-app.ts';
import { type TypedProgram, wholeProgram } from './program-harness.ts';

/** A token with signs that a shell would read. */
export const TOKEN = "it's_a_token_of_$HOME";

const folders: string[] = [];

/** A folder within one that has what is installed here. */
export function projectFolder(): string {
  const around = mkdtempSync(path.join(tmpdir(), 'whorl-programs-'));
  folders.push(around);
  symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), path.join(around, 'node_modules'));
  const folder = path.join(around, 'project');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  return folder;
}

export function removeProjects(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

const ENVIRONMENT = {
  WHORL_TOKEN: TOKEN,
  GIT_PYTHON_REFRESH: 'quiet',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
};

/** What a program prints last, run in a shell as its page says. */
export async function typed(
  id: TypedProgram,
  place: LogPlace,
  python: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const { shell, code, language } = programOf(id);
  const cwd = projectFolder();
  const text = wholeProgram(id, plainCode(code(place) ?? ''));
  writeFileSync(path.join(cwd, language === 'python' ? 'train.py' : 'train.mjs'), text);
  const output = await command('sh', ['-e', '-c', shell(place) ?? ''], {
    cwd,
    env: {
      ...ENVIRONMENT,
      PATH: `${path.dirname(python)}${path.delimiter}${process.env.PATH}`,
      WHORL_UNSENT: path.join(cwd, 'unsent'),
      ...env,
    },
    timeoutMs: 120_000,
  });
  const last = output.split('\n').findLast((line) => line.startsWith('{'));
  return JSON.parse(last ?? 'null') as Record<string, unknown>;
}

/** The runs of an experiment as the record has them: their params and series, by key. */
export async function recordedRuns(app: BuiltApp, experiment: string) {
  const store = await openStore({ home: app.home, readOnly: true });
  try {
    const found = await store.experiments.find(experiment);
    if (found === null) return [];
    const { items } = await store.runs.list(found.id);
    return store.logged.read(items.map(({ id }) => id)).map((run) => ({
      status: run.status,
      seed: items.find(({ id }) => id === run.id)?.seed,
      params: Object.fromEntries(run.params) as Record<string, string>,
      series: Object.fromEntries(
        run.series.map(({ key }) => {
          const { steps, values } = store.metrics.read(run.id, key);
          return [key, { steps: [...steps], values: [...values] }];
        }),
      ),
    }));
  } finally {
    await store.close();
  }
}

/** Points at the steps that follow `from`. */
export const counted = (values: unknown, from = 0) => ({
  steps: (values as number[]).map((_, i) => i + from),
  values,
});
