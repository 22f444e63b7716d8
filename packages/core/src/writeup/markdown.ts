import { withoutPaths } from '../text/without-paths.ts';
import { type Block, counted, type Phrase, type Writeup, type WriteupTable } from './tree.ts';
import { WORDS } from './words.ts';

/** Where a Markdown file is read: CSDN puts a table of contents in place of `@[TOC]`, which others do not know. */
export type MarkdownFlavour = 'csdn' | 'markdown';

/** How a report is written as Markdown. */
export interface MarkdownForm {
  readonly flavour: MarkdownFlavour;
  /** The path of a figure's picture, relative to the Markdown file. */
  readonly pictureOf: (id: string) => string;
}

/**
 * A report as Markdown with tables, as GitHub and CSDN read it, and formulas between `$`. Pictures are separate files.
 * Paths of files are reduced to their last names, whoever wrote them into a name or a command.
 */
export function writeupMarkdown({ title, blocks, language }: Writeup, { flavour, pictureOf }: MarkdownForm): string {
  const contents = flavour === 'csdn' ? [`@[TOC](${WORDS.contents[language]})`] : [];
  const parts = [
    `# ${escaped(title)}`,
    ...contents,
    ...counted(blocks).map(({ block, count }) => blockText(block, count, { language, pictureOf })),
  ];
  return withoutPaths(`${parts.join('\n\n')}\n`);
}

/** @param count the number of the table, or figure, among those of its kind */
function blockText(
  block: Block,
  count: number,
  { language, pictureOf }: Pick<Writeup, 'language'> & Pick<MarkdownForm, 'pictureOf'>,
): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`;
    case 'paragraph':
      return spansText(block.spans);
    case 'list':
      return block.items.map((spans) => `- ${spansText(spans)}`).join('\n');
    case 'table':
      return `**${WORDS.table(count)[language]}** ${escaped(block.caption)}\n\n${tableText(block)}`;
    case 'commands':
      return fenced(block.lines);
    case 'figure': {
      const { id, title, caption } = block.figure;
      return `![${escaped(title)}](${pictureOf(id)})\n\n**${WORDS.figure(count)[language]}** ${escaped(caption)}`;
    }
    case 'own':
      return `> **${WORDS.own[language]}** ${escaped(block.about)}\n>\n> ……`;
    case 'missing':
      // Chinese punctuation is put outside of the bold text: Markdown closes no mark between punctuation and a letter.
      return [
        `> **${WORDS.missing[language]}**${WORDS.colon[language]}${escaped(block.said)}${WORDS.help[block.help][language]}`,
        fenced(block.commands),
      ].join('\n\n');
  }
}

const fenced = (lines: readonly string[]): string => ['```sh', ...lines, '```'].join('\n');

const spansText = (spans: readonly Phrase[]): string =>
  spans
    .map((span) => {
      if (typeof span === 'string') return escaped(span);
      if ('code' in span) return codeText(span.code);
      if ('strong' in span) return `**${escaped(span.strong)}**`;
      return `$${span.equation.tex}$`;
    })
    .join('');

/**
 * Escapes what Markdown would read as markup. The brackets of an interval and the sign of `p < 0.0001` are left alone:
 * a backslash would make a formula of them for some readers, or be shown.
 */
const escaped = (text: string): string =>
  text.replace(/[\\`*_$]|~(?=~)|<(?=[A-Za-z/!?])|\](?=[([:])/g, (mark) => `\\${mark}`).replace(/\s*\n\s*/g, ' ');

/** Code between more back ticks than occur in it. */
function codeText(code: string): string {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return longest === 0 ? `${ticks}${code}${ticks}` : `${ticks} ${code} ${ticks}`;
}

function tableText({ heads, align, rows }: WriteupTable): string {
  const cell = (span: Phrase): string => spansText([span]).replaceAll('|', '\\|');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(heads.map(cell)),
    line(align.map((side) => (side === 'right' ? '---:' : '---'))),
    ...rows.map((cells) => line(cells.map(cell))),
  ].join('\n');
}
