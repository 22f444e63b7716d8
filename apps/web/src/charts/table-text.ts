import { type NumberFormat, numberFormat } from '@whorl/core';
import type { ChartNumbers } from './chart-exports.ts';

// Tables as text: full names, and measured numbers with the digits that the page shows.

type Cell = ChartNumbers['rows'][number][number];

/**
 * A number format for each column, so that numbers line up. Whole numbers are written in full: they may be steps or seeds.
 */
function formatsOf({ columns, rows }: ChartNumbers): NumberFormat[] {
  return columns.map((_, column) => {
    const numbers = rows.map((row) => row[column]).filter((cell) => typeof cell === 'number');
    return numbers.every(Number.isInteger) ? String : numberFormat(numbers, []);
  });
}

/**
 * @param number writes a cell that is a number
 * @param text writes any other cell
 */
function writeCell(cell: Cell, number: (cell: number) => string, text: (cell: string) => string): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'number' ? number(cell) : text(cell.replace(/\s+/g, ' ').trim());
}

/** Whether a column has only numbers, which are aligned right. */
const isNumeric = ({ rows }: ChartNumbers, column: number): boolean =>
  rows.some((row) => typeof row[column] === 'number') &&
  rows.every((row) => typeof row[column] !== 'string' || row[column] === '');

/** A table in GitHub's Markdown. */
export function toMarkdown(numbers: ChartNumbers): string {
  const { columns, rows } = numbers;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, i) => (isNumeric(numbers, i) ? '---:' : '---'));
  const formats = formatsOf(numbers);
  const body = rows.map((row) =>
    line(columns.map((_, i) => writeCell(row[i], (cell) => formats[i]?.(cell) ?? '', markdownText))),
  );
  return `${[line(columns.map(markdownText)), line(rule), ...body].join('\n')}\n`;
}

/** Escapes what GitHub would read as markup: emphasis, links, mathematics between dollars, entities. */
const markdownText = (text: string): string => text.replace(/[\\`*_<>[\]|~#$]|&(?=#?\w+;)/g, '\\$&');

/** A table for LaTeX with the package booktabs. */
export function toLatex(numbers: ChartNumbers): string {
  const { columns, rows } = numbers;
  const line = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`;
  const formats = formatsOf(numbers);
  const body = rows.map((row) =>
    line(columns.map((_, i) => writeCell(row[i], (cell) => latexNumber(formats[i]?.(cell) ?? ''), latexText))),
  );
  const isHan = [...columns, ...rows.flat()].some((cell) => typeof cell === 'string' && /\p{Script=Han}/u.test(cell));
  return [
    '% \\usepackage{booktabs}',
    ...(isHan ? ['% \\usepackage{ctex} % XeLaTeX'] : []),
    `\\begin{tabular}{${columns.map((_, i) => (isNumeric(numbers, i) ? 'r' : 'l')).join('')}}`,
    '\\toprule',
    line(columns.map(latexText)),
    '\\midrule',
    ...body,
    '\\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n');
}

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\symbol{34}',
  '−': '$-$',
  '±': '$\\pm$',
  '×': '$\\times$',
  '·': '$\\cdot$',
  '∞': '$\\infty$',
  '–': '--',
  // After a line break brackets would be read as its options, and two hyphens as a dash.
  '[': '{[}',
  ']': '{]}',
  '*': '{*}',
  '`': '{`}',
  '-': '-{}',
};

const latexText = (text: string): string =>
  text.replace(/[\\~^<>|"−±×·∞–[\]*`]|-(?=-)|[&%$#_{}]/g, (character) => LATEX[character] ?? `\\${character}`);

/** A number with a minus sign instead of a hyphen. */
function latexNumber(text: string): string {
  const [, sign, digits, power] = /^(-?)([\d.]+|∞)(?:e(-?\d+))?$/.exec(text) ?? [];
  if (digits === undefined) return latexText(text);
  const value = `${sign}${digits === '∞' ? '\\infty' : digits}${power === undefined ? '' : ` \\times 10^{${power}}`}`;
  return sign !== '' || power !== undefined || digits === '∞' ? `$${value}$` : value;
}
