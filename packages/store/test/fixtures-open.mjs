// A process that opens the record and closes it: node fixtures-open.mjs HOME [dies]. With `dies` it is killed when
// half of a migration's statements have run.

import { openStore } from '@whorl/store';
import Database from 'better-sqlite3';

const [home, dies] = process.argv.slice(2);

if (dies) {
  const { exec } = Database.prototype;
  Database.prototype.exec = function (script) {
    const statements = script.split(/;\n/);
    if (statements.length < 10) return exec.call(this, script);
    exec.call(this, `${statements.slice(0, statements.length / 2).join(';\n')};`);
    return process.kill(process.pid, 'SIGKILL');
  };
}

const store = await openStore({ home });
await store.close();
