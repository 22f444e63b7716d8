import { formatNumber } from '@whorl/core';
import type { ChartNumbers } from './chart-exports.ts';

// Tables for a text: names in full, measured numbers with the digits that the page gives them.

type Cell = ChartNumbers['rows'][number][number];

function textOf(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell.replace(/\s+/g, ' ').trim();
  return Number.isInteger(cell) ? String(cell) : formatNumber(cell);
}

/** Whether a column has numbers alone, which stand at its right. */
const isNumeric = ({ rows }: ChartNumbers, column: number): boolean =>
  rows.some((row) => typeof row[column] === 'number') &&
  rows.every((row) => typeof row[column] !== 'string' || row[column] === '');

/** A table in GitHub's Markdown. */
export function toMarkdown(numbers: ChartNumbers): string {
  const { columns, rows } = numbers;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, i) => (isNumeric(numbers, i) ? '---:' : '---'));
  const body = rows.map((row) => line(columns.map((_, i) => markdownText(textOf(row[i])))));
  return `${[line(columns.map(markdownText)), line(rule), ...body].join('\n')}\n`;
}

const markdownText = (text: string): string => text.replace(/[\\`*_<>[\]|~#]/g, '\\$&');

/** A table for LaTeX with the package booktabs. */
export function toLatex(numbers: ChartNumbers): string {
  const { columns, rows } = numbers;
  const line = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`;
  const body = rows.map((row) => line(columns.map((_, i) => latexText(textOf(row[i])))));
  return [
    '% \\usepackage{booktabs}',
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
};

const latexText = (text: string): string =>
  text.replace(/[\\~^<>|"−±×·∞–]|[&%$#_{}]/g, (character) => LATEX[character] ?? `\\${character}`);
