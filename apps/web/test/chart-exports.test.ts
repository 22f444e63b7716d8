import { describe, expect, it } from 'vitest';
import { toCsv } from '../src/components/charts/chart-exports.ts';

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
