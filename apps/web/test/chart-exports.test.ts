import { describe, expect, it } from 'vitest';
import { csvFile, fileName, toCsv } from '../src/charts/chart-exports.ts';
import { headingOf } from '../src/charts/chart-heading.ts';
import { facesOf } from '../src/charts/file-font.ts';
import { sheetOf, wrappedText } from '../src/charts/sheet.ts';
import { toLatex, toMarkdown } from '../src/charts/table-text.ts';
import { exportedCell } from '../src/features/runs-table/model/exported-cell.ts';

describe('a chart as CSV', () => {
  it('has every digit, quotes what needs it (RFC 4180), and nothing for nothing', () => {
    const rows = [
      ['a,b', 'say "hi"', 'two\nlines', 0.1 + 0.2],
      [null, undefined, '', Number.NaN],
    ];
    expect(toCsv({ columns: ['w', 'x', 'y', 'z'], rows })).toBe(
      'w,x,y,z\r\n"a,b","say ""hi""","two\nlines",0.30000000000000004\r\n,,,NaN\r\n',
    );
  });

  it('has no text that a spreadsheet runs as a formula, whichever way it begins', () => {
    const begins = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t=', '\r=', '\n='];
    const lines = toCsv({ columns: ['name'], rows: begins.map((begin) => [`${begin}1+1`]) });
    const cells = lines.slice('name\r\n'.length).match(/"[^"]*"|[^\r\n]+/g);
    expect(cells?.map((cell) => cell.replace(/^"/, '')[0])).toEqual(begins.map(() => "'"));
    expect(toCsv({ columns: ['x'], rows: [['-0.5'], ['+3e4']] }), 'numbers stay numbers').toBe('x\r\n-0.5\r\n+3e4\r\n');
  });
});

describe('a saved file', () => {
  it('bug: of CSV begins with the mark of UTF-8, without which Excel garbles Chinese', async () => {
    const bytes = new Uint8Array(await csvFile({ columns: ['学习率'], rows: [[0.1]] }).arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe('学习率\r\n0.1\r\n');
  });

  it('bug: is named after the experiment and what is in it', () => {
    expect(fileName('学习率 sweep/2', 'Loss')).toBe('学习率-sweep-2-Loss');
    expect([fileName('', 'Loss'), fileName('', '…')]).toEqual(['Loss', 'chart']);
  });

  it('bug: of a picture has its title, a margin on all sides and the font; light on white, dark on dark', () => {
    const drawing = { svg: '<g id="body"/>', width: 400, height: 100 };
    const title = 'Accuracy of "relu" & <others> over learning rates, batch sizes and very many other factors';
    const light = sheetOf({ title, theme: 'light' }, drawing, '@font-face{}');
    const [, width, height] = /^<svg xmlns="[^"]*" width="(\d+)" height="(\d+)"/.exec(light) ?? [];
    expect(Number(width)).toBe(448);
    expect(Number(height), 'two lines of title').toBeGreaterThan(100 + 2 * 24 + 2 * 15);
    expect(light).toContain('<style>@font-face{}</style>');
    expect(light).toContain('fill="#ffffff"');
    expect(light.match(/<text /g)).toHaveLength(2);
    expect(light).toContain('&quot;relu&quot; &amp; &lt;others&gt;');
    expect(light).toMatch(/<g transform="translate\(24 \d+\)"><g id="body"\/><\/g><\/svg>$/);
    expect(sheetOf({ title, theme: 'dark' }, drawing, '')).toContain('fill="#131517"');
  });

  it('has a title in lines that fit, in Chinese too', () => {
    expect(wrappedText('one two three', 60)).toEqual(['one two', 'three']);
    expect(wrappedText('学习率与准确率', 40)).toEqual(['学习率', '与准确', '率']);
    expect(wrappedText('abcdefghij', 26).join('')).toBe('abcdefghij');
    expect(wrappedText('', 100)).toEqual([]);
    const { height } = headingOf({ title: 'word '.repeat(40), theme: 'light' }, [], 300, () => 10);
    expect(height).toBeGreaterThan(22 * 4);
  });

  it('brings of the font what its text is written in', () => {
    const taken = (ranges: readonly string[], text: string) =>
      facesOf(
        ranges.map((range) => ({ range })),
        text,
      ).map(({ range }) => range);
    expect(taken(['U+0000-00FF,U+0131'], 'abc')).toHaveLength(1);
    expect(taken(['U+0400-045F'], 'abc')).toEqual([]);
    expect([taken(['U+4??'], 'Ж'), taken([''], 'x'), taken(['U+2212'], '−1')].map(({ length }) => length)).toEqual([
      1, 1, 1,
    ]);
    // Of faces with the same characters the last is taken, and those before it for what it lacks.
    const [whole, basic] = ['U+0000-00FF', 'U+0020-007E'];
    expect(taken([whole, basic], 'abc')).toEqual([basic]);
    expect(taken([whole, basic], 'Élan')).toEqual([whole, basic]);
  });
});

describe('a table for a text', () => {
  const numbers = {
    columns: ['model.hidden', 'a_b', 'n'],
    rows: [
      ['[32, 32]', 0.123456789, 5],
      ['x|y & 50% #1 ~^\\', null, 3],
      ['学习率 $lr$ {0.1} −1 ± 2', Number.NaN, 1],
    ],
  };

  it('is Markdown in which every name reads as it is', () => {
    expect(toMarkdown(numbers).split('\n')).toEqual([
      '| model.hidden | a\\_b | n |',
      '| --- | ---: | ---: |',
      '| \\[32, 32\\] | 0.1235 | 5 |',
      '| x\\|y & 50% \\#1 \\~^\\\\ |  | 3 |',
      '| 学习率 \\$lr\\$ {0.1} −1 ± 2 | NaN | 1 |',
      '',
    ]);
  });

  it('bug: numbers of a column line up, and in LaTeX have the minus and the power of mathematics', () => {
    const table = {
      columns: ['due to', 'share', 'F', 'low', 'p', 'seed'],
      rows: [
        ['seeds', 0.095518, 3.714, -0.02831, 1.25e-9, 20_230_101],
        ['x', 0.46782, 18.187, Number.NEGATIVE_INFINITY, 0.002744, 2],
      ],
    };
    const cells = (line: string | undefined) =>
      line?.split(/ [&|] /).map((cell) => cell.replace(/^\| | \|$| \\\\$/g, ''));
    expect(toMarkdown(table).split('\n').slice(2, 4).map(cells)).toEqual([
      ['seeds', '0.0955', '3.714', '-0.02831', '1.25e-9', '20230101'],
      ['x', '0.4678', '18.187', '-∞', '0.002744', '2'],
    ]);
    expect(toLatex(table).split('\n').slice(5, 7).map(cells)).toEqual([
      ['seeds', '0.0955', '3.714', '$-0.02831$', '$1.25 \\times 10^{-9}$', '20230101'],
      ['x', '0.4678', '18.187', '$-\\infty$', '0.002744', '2'],
    ]);
  });

  it('bug: a name that begins with a bracket or a star is no option of the line before it, "--" no dash, "&lt;" no entity', () => {
    const table = {
      columns: ['hidden', 'n'],
      rows: [
        ['[16]', 1],
        ['*a', 2],
        ['a--b---c `x`', 3],
        ['a &lt; b & c', 4],
      ],
    };
    expect(toLatex(table).split('\n').slice(5, 9)).toEqual([
      '{[}16{]} & 1 \\\\',
      '{*}a & 2 \\\\',
      'a-{}-b-{}-{}-c {`}x{`} & 3 \\\\',
      'a \\&lt; b \\& c & 4 \\\\',
    ]);
    expect(toMarkdown(table)).toContain('| a \\&lt; b & c | 4 |');
  });

  it('has names in full: a value of a config is no measured number', () => {
    const rows = [
      ['config.optimizer.lr', 0.99995],
      ['metrics.loss', 0.123456789],
      ['seed', 20_230_101],
    ] as const;
    const cells = rows.map(([field, cell]) => exportedCell(field, cell));
    expect(cells).toEqual(['0.99995', 0.123456789, '20230101']);
    expect(exportedCell('config.model.hidden', null)).toBeNull();
  });

  it('is LaTeX of booktabs in which nothing is a command', () => {
    expect(toLatex(numbers).split('\n')).toEqual([
      '% \\usepackage{booktabs}',
      '% \\usepackage{ctex} % XeLaTeX',
      '\\begin{tabular}{lrr}',
      '\\toprule',
      'model.hidden & a\\_b & n \\\\',
      '\\midrule',
      '{[}32, 32{]} & 0.1235 & 5 \\\\',
      'x\\textbar{}y \\& 50\\% \\#1 \\textasciitilde{}\\textasciicircum{}\\textbackslash{} &  & 3 \\\\',
      '学习率 \\$lr\\$ \\{0.1\\} $-$1 $\\pm$ 2 & NaN & 1 \\\\',
      '\\bottomrule',
      '\\end{tabular}',
      '',
    ]);
  });
});
