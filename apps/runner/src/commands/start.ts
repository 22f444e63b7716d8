import { words } from '../messages/index.ts';
import { readSettings } from '../record/settings.ts';
import { startWeb } from '../serving/web-process.ts';
import { colour } from '../terminal/colour.ts';
import { EXIT } from '../terminal/exit.ts';
import { note, printLine } from '../terminal/output.ts';
import { prepareNativeLater } from '../training/native-later.ts';
import { run } from './run.ts';
import { serveUntil, untilStopped } from './serve.ts';

/** What `npm start` does after set-up: starts the web app, and trains the course's comparison on the spiral at once. */
export async function start({ once }: { once?: boolean }): Promise<void> {
  const { home } = readSettings();
  const stopped = untilStopped();
  const web = await startWeb({ home, stopped });
  if (!web) {
    process.exitCode = EXIT.interrupted;
    return;
  }
  try {
    const { start: t } = words();
    note(t.isAt(colour.bold('Whorl'), colour.bold(web.url)));
    note(colour.dim(`${t.trains}\n`));
    await run('spiral', [], { engine: 'auto', course: true, skipRecorded: true });
    if (once || process.exitCode) return;
    printLine(colour.dim(`\n${t.serves}`));
    const endPreparing = prepareNativeLater();
    try {
      await serveUntil(stopped, web);
    } finally {
      endPreparing();
    }
  } finally {
    await web.stop();
  }
}
