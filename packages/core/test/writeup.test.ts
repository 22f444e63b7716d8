import { describe, expect, it } from 'vitest';
import { figureAxis } from '../src/writeup/drawing/scale.ts';
import { advanceOf, brokenText } from '../src/writeup/drawing/sheet.ts';
import { writeupMarkdown } from '../src/writeup/markdown.ts';
import type { Block } from '../src/writeup/tree.ts';

const written = (...blocks: Block[]): string =>
  writeupMarkdown(
    { language: 'en', title: 'T', blocks },
    { flavour: 'markdown', pictureOf: (id) => `figures/${id}.png` },
  );

describe('a report as Markdown', () => {
  it('has the text as it is, whatever marks are in it', () => {
    const text = 'a*b_c`d`$e$ <b>|x| [link](u) p < 0.0001 [0.93, 0.95]';
    const said = written({ kind: 'paragraph', spans: [text] });
    expect(said).toBe('# T\n\na\\*b\\_c\\`d\\`\\$e\\$ \\<b>|x| [link\\](u) p < 0.0001 [0.93, 0.95]\n');
  });

  it('keeps cells in their columns, and code in its ticks', () => {
    const said = written({
      ...{ kind: 'table', caption: 'C', heads: ['a', 'b'], align: ['left', 'right'] },
      rows: [[{ code: 'x | `y`' }, 'two\nlines']],
    });
    expect(said).toContain('| a | b |\n| --- | ---: |\n| `` x \\| `y` `` | two lines |');
  });

  it('counts tables and figures, each by itself', () => {
    const table: Block = { kind: 'table', caption: 'C', heads: ['a'], align: ['left'], rows: [] };
    const figure = { id: 'f', title: 'F', caption: 'D', svg: '', width: 1, height: 1 };
    const said = written(table, { kind: 'figure', figure }, table);
    expect([...said.matchAll(/\*\*(.*)\*\*/g)].map(([, label]) => label)).toEqual([
      'Table 1.',
      'Figure 1.',
      'Table 2.',
    ]);
    expect(said).toContain('![F](figures/f.png)');
  });

  it('has no path of anybody, wherever one was written', () => {
    const said = written(
      { kind: 'commands', lines: ['npx whorl run spiral data.path=/home/ada/secret/my.csv'] },
      { kind: 'paragraph', spans: ['From C:\\Users\\ada\\my.csv and ~/notes/x.txt'] },
    );
    expect(said).not.toMatch(/ada|secret|notes/);
    expect(said).toContain('data.path=my.csv');
  });
});

describe('the axis of a figure', () => {
  it('places values in their order, within its ends', () => {
    const axis = figureAxis({ values: [0.5, 0.9], logarithmic: false, from: 0, to: 100, most: 5 });
    expect(axis.at(0.5)).toBeLessThan(axis.at(0.7));
    expect([axis.at(-10), axis.at(10)]).toEqual([0, 100]);
    expect(axis.ticks.map(({ text }) => text)).toEqual(['0.5', '0.6', '0.7', '0.8', '0.9']);
  });

  it('writes powers of ten as such where they are many', () => {
    const axis = figureAxis({ values: [1e-12, 1], logarithmic: true, from: 0, to: 100, most: 4 });
    expect(axis.ticks.map(({ text }) => text)).toEqual(['10^-12', '10^-8', '10^-4', '1']);
    expect(axis.at(0)).toBe(0);
  });

  it('has ticks at the points where it is asked, as far as they have room', () => {
    const marked = [1e-4, 1e-3, 0.01, 0.1, 1, 10];
    const wide = figureAxis({ values: marked, logarithmic: true, from: 0, to: 600, most: 4, marked });
    expect(wide.ticks.map(({ text }) => text)).toEqual(['0.0001', '0.001', '0.01', '0.1', '1', '10']);
    const narrow = figureAxis({ values: marked, logarithmic: true, from: 0, to: 150, most: 4, marked });
    expect(narrow.ticks.map(({ text }) => text)).toEqual(['0.0001', '0.01', '1']);
  });

  it('has a place for one value alone, and for none', () => {
    for (const values of [[], [0], [3], [Number.NaN]]) {
      const { ticks, at } = figureAxis({ values, logarithmic: false, from: 0, to: 100, most: 4 });
      expect(ticks.length).toBeGreaterThan(0);
      expect(at(values.find(Number.isFinite) ?? 5)).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('a title that is too long', () => {
  it('breaks within its width, and before no closing mark', () => {
    const title = '训练前首层与末层的梯度之比：20 个隐藏层，PyTorch 初始化，sigmoid 与 ReLU';
    const lines = brokenText(title, 160);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('').replaceAll(' ', '')).toBe(title.replaceAll(' ', ''));
    for (const line of lines) {
      expect(advanceOf(line)).toBeLessThanOrEqual(160);
      expect(line).not.toMatch(/^[，。：；、）]/);
    }
  });
});
