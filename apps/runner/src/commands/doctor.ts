import { ENGINE_NAMES, EngineUnavailableError, type Text, WhorlError } from '@whorl/core';
import { loadEngine } from '@whorl/core/node';
import { databaseFile } from '@whorl/store';
import { en, type Messages } from '../messages/en.ts';
import { inLanguage, words } from '../messages/index.ts';
import { openRecord } from '../record/record.ts';
import { readSettings, type Settings } from '../record/settings.ts';
import { serverAddress } from '../serving/links.ts';
import { webIsBuilt } from '../serving/web-process.ts';
import { colour } from '../terminal/colour.ts';
import { EXIT } from '../terminal/exit.ts';
import { padEnd } from '../terminal/layout.ts';
import { printJson, printLine } from '../terminal/output.ts';
import { prepareNativeEngine, whorlVersion } from '../training/environment.ts';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** Whether Whorl works without it. */
  readonly optional?: boolean;
  readonly detail: string;
}

/** `whorl doctor`: checks that this machine has what Whorl needs, and says how to get what is missing. */
export async function doctor({ json, deep }: { json?: boolean; deep?: boolean }): Promise<void> {
  // Nothing is trained here, and TensorFlow's notice about oneDNN would appear between the checks.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';
  prepareNativeEngine();
  const t = json ? en.doctor : words().doctor;
  const checks: Check[] = [
    { name: 'whorl', ok: true, detail: whorlVersion },
    { name: 'node', ok: true, detail: `${process.versions.node} ${process.platform}-${process.arch}` },
  ];
  for (const name of ENGINE_NAMES) {
    try {
      const engine = await loadEngine(name);
      checks.push({
        name: `engine ${name}`,
        ok: true,
        detail: Object.entries(engine.versions)
          .map((pair) => pair.join(' '))
          .join(', '),
      });
    } catch (error) {
      if (!(error instanceof EngineUnavailableError)) throw error;
      checks.push({ name: `engine ${name}`, ok: false, optional: name !== 'cpu', detail: error.reason });
    }
  }
  const settings = readSettings();
  checks.push(...(await ofRecord(settings, t, { json: json ?? false, deep: deep ?? false })));
  checks.push({
    name: 'web app',
    ok: webIsBuilt(),
    detail: webIsBuilt() ? t.built : t.notBuilt,
  });
  const server = serverAddress(settings.home);
  checks.push({ name: 'server', ok: true, detail: server.running ? server.url : t.notRunning });

  const healthy = checks.every(({ ok, optional }) => ok || optional);
  if (json) printJson({ healthy, checks });
  else {
    for (const { name, ok, optional, detail } of checks) {
      const mark = ok ? colour.green('✓') : optional ? colour.yellow('!') : colour.red('✗');
      const indent = `\n${' '.repeat(NAME_WIDTH + 3)}`;
      printLine(`${mark} ${padEnd(titleOf(name), NAME_WIDTH)} ${detail.replaceAll('\n', indent)}`);
    }
  }
  if (!healthy) process.exitCode = EXIT.failed;
}

/** At most this many damaged parts are listed for people; `--json` lists all. */
const MOST_SAID = 50;

/** Checks that the database is whole and, with `deep`, that everything recorded still has the bytes that were written. */
async function ofRecord(
  settings: Settings,
  t: Messages['doctor'],
  { json, deep }: { readonly json: boolean; readonly deep: boolean },
): Promise<Check[]> {
  const said = (text: Text) => (json ? text.en : inLanguage(text));
  const file = databaseFile(settings.home, settings.databaseUrl);
  try {
    const store = await openRecord(settings, { quiet: true });
    if (!store) return [{ name: 'database', ok: true, detail: t.noRecord(file) }];
    try {
      const damage = store.check();
      const because = store.readOnlyBecause;
      const fine = because ? t.onlyRead(file, said(because.said)) : file;
      const database = { name: 'database', ok: damage === null, detail: damage ?? fine };
      if (!deep) return [database];
      const { experiments, runs, points, artifacts, problems } = await store.examine();
      if (problems.length === 0) {
        const detail = t.whole(experiments, runs, points.toLocaleString('en'), artifacts);
        return [database, { name: 'record', ok: true, detail }];
      }
      const lines = problems.slice(0, json ? problems.length : MOST_SAID).map(said);
      const more = problems.length > lines.length ? [t.more(problems.length - lines.length)] : [];
      const detail = [t.damaged(problems.length), ...lines, ...more].join('\n');
      return [database, { name: 'record', ok: false, detail }];
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof WhorlError)) throw error;
    return [{ name: 'database', ok: false, detail: said(error.said) }];
  }
}

const NAME_WIDTH = 14;

/** The title of a check in the reader's language; names of programs are not translated. */
function titleOf(name: string): string {
  const { names, engine } = words().doctor;
  return name.startsWith('engine ') ? engine(name.slice('engine '.length)) : (names[name] ?? name);
}
