import { mkdirSync } from 'node:fs';
import { openStore } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { colour } from '../src/terminal/colour.ts';
import { neutral, neutralJson } from '../src/terminal/neutral.ts';
import { startWith, temporaryFolder } from './cli.ts';

const ESC = '\u001b';
const BEL = '\u0007';
/** What a terminal obeys: clear the screen, set the title, hide, C1's escape, go back to the line's start, turn the text. */
const EVIL = `${ESC}[2J${ESC}]0;title${BEL}${ESC}[8mhidden\u009b31m\rover\u202egnp.exe\u2066\u2028`;
const RANGES = ['0000-\\u0008', '000b-\\u001f', '007f-\\u009f', '2028', '2029', '202a-\\u202e', '2066-\\u2069'];
const OBEYED = new RegExp(`[${RANGES.map((range) => `\\u${range}`).join('')}]`, 'u');
/** Bold, dim, red, green, yellow, cyan, and back. */
const OURS = new RegExp(`${ESC}\\[(?:1|2|22|31|32|33|36|39|22;39)m`, 'g');

describe('what goes to a terminal', () => {
  it('bug: has pictures of what the terminal would obey', () => {
    expect(neutral(`a${EVIL}b\n\tc`)).toBe('a␛[2J␛]0;title␇␛[8mhidden\ufffd31m␍over\ufffdgnp.exe\ufffd\ufffdb\n\tc');
    for (let code = 0; code < 0x3000; code++) {
      const character = String.fromCodePoint(code);
      if (character !== '\n' && character !== '\t') expect(neutral(character)).not.toMatch(OBEYED);
    }
  });

  it('keeps our colours, and ends what others left open', () => {
    const styled = `${colour.bold(colour.red('a'))} ${colour.dim('b')} ${colour.cyan('c')} ${colour.green('d')} ${colour.yellow('e')}\n`;
    expect(neutral(styled)).toBe(styled);
    expect(neutral(`${ESC}[31mred\n`)).toBe(`${ESC}[31mred${ESC}[22;39m\n`);
    expect(neutral(`${colour.dim('x')}${ESC}[1mbold`)).toBe(`${colour.dim('x')}${ESC}[1mbold${ESC}[22;39m`);
  });

  it('is JSON that says the same', () => {
    const document = { name: EVIL, nested: ['\u007f', 'é 中 😀'] };
    const json = neutralJson(JSON.stringify(document, null, 2));
    expect(JSON.parse(json)).toEqual(document);
    expect(json.replaceAll('\n', '')).not.toMatch(OBEYED);
    expect(json).toContain('é 中 😀');
  });

  it('bug: names, tags, reasons and metrics of a record reach it without their escapes', {
    timeout: 120_000,
  }, async () => {
    const home = temporaryFolder();
    mkdirSync(home, { recursive: true });
    const store = await openStore({ home });
    const { id: experimentId } = await store.experiments.ensure(`evil ${EVIL}`, 'spiral');
    const { trainingStudy } = await import('@whorl/core');
    const run = (seed: number, lr: number) => ({
      experimentId,
      name: `run ${EVIL}`,
      config: { ...trainingStudy('spiral').defaults, seed },
      params: { seed, [`key ${EVIL}`]: `value ${EVIL} ${lr}` },
      status: seed === 3 ? ('failed' as const) : ('finished' as const),
      error: `reason ${EVIL}`,
      engine: `cpu ${EVIL}`,
      mode: 'eager',
      environment: { note: EVIL },
      command: `command ${EVIL}`,
      tags: { [`tag ${EVIL}`]: EVIL },
      createdAt: new Date(),
      startedAt: new Date(),
      endedAt: new Date(),
      durationMs: 1,
      metrics: Object.fromEntries(
        ['accuracy', `metric ${EVIL}`].map((key) => [
          key,
          { steps: Float64Array.of(0), values: Float64Array.of(seed), times: Float64Array.of(0) },
        ]),
      ),
    });
    const ids = await store.runs.insertMany([run(1, 0.1), run(2, 0.2), run(3, 0.1)]);
    await store.close();
    const commands = [
      ['ls'],
      ['ls', experimentId],
      ['show', ids[0] as string],
      ['show', ids[2] as string],
      ['compare', experimentId],
      ['share', experimentId],
      ['share', ids[0] as string],
      ['stop', experimentId],
      ['show', `no such ${EVIL}`],
      ['ls', `no such ${EVIL}`],
      ['run', `no such ${EVIL}`],
    ];
    for (const words of commands) {
      // With colours and without they pass the same gate.
      const ways: [string, ...string[]][] =
        words[0] === 'ls' ? [['0'], ['1'], ['1', '--json']] : [['1'], ['0', '--json']];
      for (const [FORCE_COLOR, ...flags] of ways) {
        const { stdout, stderr } = await startWith({ FORCE_COLOR }, home, ...words, ...flags).ended;
        const printed = (stdout + stderr).replace(OURS, '').replaceAll('\n', '');
        expect(printed.length, words.join(' ')).toBeGreaterThan(5);
        expect(printed).not.toMatch(OBEYED);
      }
    }
  });
});
