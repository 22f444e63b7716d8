import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileJournal, unsentJournals } from '../src/node/file-journal.ts';
import type { Message } from '../src/wire.ts';

const URL = 'http://127.0.0.1:4000';

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-unsent-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const message = (text: string): Message => ({ kind: 'tags', tags: { text } });

/** The id of a process that has ended. */
const deadPid = () => Number(spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout);

/** All that waits, taken. */
function drained(journal: FileJournal): Message[] {
  const all: Message[] = [];
  for (let next = journal.first(); next; next = journal.first()) {
    all.push(next);
    journal.drop();
  }
  return all;
}

describe('a journal', () => {
  it('gives what it was given, in order, whenever it is added and taken, and leaves no file', () => {
    const folder = temporaryFolder();
    let runs = 0;
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 120 }), { maxLength: 8 }), (steps) => {
        const journal = new FileJournal(folder, URL, `run${runs++}`);
        const [added, taken]: Message[][] = [[], []];
        steps.forEach((count, turn) => {
          for (let i = 0; i < count; i++) {
            if (turn % 2 === 0) {
              const next = message(`${added?.length} 学习率 \n"`);
              added?.push(next);
              journal.add(next);
            } else {
              const next = journal.first();
              if (next) taken?.push(next);
              journal.drop();
            }
          }
        });
        taken?.push(...drained(journal));
        expect(taken).toEqual(added);
        expect(journal.close()).toBeNull();
        expect(readdirSync(folder)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('is in a file for this user alone when it is closed before all was taken', () => {
    const folder = temporaryFolder();
    const journal = new FileJournal(path.join(folder, 'deep'), URL, 'run1');
    journal.add(message('a'));
    journal.add(message('b'));
    journal.drop();
    const file = journal.close() as string;
    expect(readFileSync(file, 'utf8').split('\n').slice(1)).toEqual([JSON.stringify(message('b')), '']);
  });
});

describe('what a process left behind', () => {
  const leave = (folder: string, pid: number, url = URL) => {
    const lines = [{ url, runId: 'run1' }, message('a'), message('b')].map((line) => `${JSON.stringify(line)}\n`);
    writeFileSync(path.join(folder, `run1.${pid}.jsonl`), lines.join(''));
  };

  it('is taken up by another, once; a line that was cut off ends it', () => {
    const folder = temporaryFolder();
    const pid = deadPid();
    leave(folder, pid);
    appendFileSync(path.join(folder, `run1.${pid}.jsonl`), '{"kind":"ta');
    const [found, ...others] = unsentJournals(folder, URL);
    expect(others).toEqual([]);
    expect(found?.runId).toBe('run1');
    expect(unsentJournals(folder, URL)).toEqual([]);
    expect(drained(found?.journal as FileJournal)).toEqual([message('a'), message('b')]);
    found?.journal.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stays where it is for another server, or while its process lives, or where it is no journal', () => {
    const folder = temporaryFolder();
    leave(folder, process.ppid);
    leave(folder, deadPid(), 'http://elsewhere');
    writeFileSync(path.join(folder, `x.${deadPid()}.jsonl`), 'no json\n');
    writeFileSync(path.join(folder, 'notes.txt'), '');
    expect(unsentJournals(folder, URL)).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(4);
  });
});
