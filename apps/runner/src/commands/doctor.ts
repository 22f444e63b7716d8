import { ENGINE_NAMES, EngineUnavailableError, WhorlError } from '@whorl/core';
import { loadEngine } from '@whorl/core/train';
import { databaseFile } from '@whorl/store';
import { colour } from '../colour.ts';
import { EXIT } from '../exit.ts';
import { padEnd } from '../layout.ts';
import { serverAddress } from '../links.ts';
import { en } from '../messages/en.ts';
import { inLanguage, words } from '../messages/index.ts';
import { printJson, printLine } from '../output.ts';
import { openRecord } from '../record.ts';
import { readSettings } from '../settings.ts';
import { prepareNativeEngine, whorlVersion } from '../training/environment.ts';
import { webIsBuilt } from '../web-process.ts';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** Whorl works without it. */
  readonly optional?: boolean;
  readonly detail: string;
}

/** `whorl doctor`: whether this machine has what Whorl needs, and what to do where it has not. */
export async function doctor({ json }: { json?: boolean }): Promise<void> {
  // Nothing is trained here, and what TensorFlow prints of oneDNN would stand among the checks.
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
  try {
    const store = await openRecord(settings);
    const damage = store?.check() ?? null;
    const file = databaseFile(settings.home, settings.databaseUrl);
    checks.push({ name: 'database', ok: damage === null, detail: damage ?? (store ? file : t.noRecord(file)) });
    await store?.close();
  } catch (error) {
    checks.push({ name: 'database', ok: false, detail: messageOf(error) });
  }
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
      printLine(`${mark} ${padEnd(titleOf(name), NAME_WIDTH)} ${detail}`);
    }
  }
  if (!healthy) process.exitCode = EXIT.failed;
}

const NAME_WIDTH = 14;

/** What a check is called: what is a program's name stays. */
function titleOf(name: string): string {
  const { names, engine } = words().doctor;
  return name.startsWith('engine ') ? engine(name.slice('engine '.length)) : (names[name] ?? name);
}

function messageOf(error: unknown): string {
  if (error instanceof WhorlError) return inLanguage(error.said);
  return error instanceof Error ? error.message : String(error);
}
