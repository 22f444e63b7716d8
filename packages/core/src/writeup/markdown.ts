import { withoutPaths } from '../text/without-paths.ts';
import { type Block, counted, type Phrase, type Writeup, type WriteupTable } from './tree.ts';
import { WORDS } from './words.ts';

/** Where a Markdown file is read: CSDN lists the headings where `@[TOC]` stands, others have no such mark. */
export type MarkdownFlavour = 'csdn' | 'markdown';

/** How a report is written as Markdown. */
export interface MarkdownForm {
  readonly flavour: MarkdownFlavour;
  /** Where the picture of a figure lies beside the Markdown file. */
  readonly pictureOf: (id: string) => string;
}

/**
 * A report as Markdown with tables, as GitHub and CSDN read them, and formulas between `$`. Pictures are files beside it.
 * Paths of files are only their last names, whoever wrote them into a name or a command.
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

/** @param count how many tables, or figures, there are up to this one */
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
      // Chinese marks stand outside of what is bold: Markdown closes nothing between such a mark and a letter.
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
 * A text without what Markdown would read as a mark of its own. Brackets of an interval are none, and neither is the sign
 * of `p < 0.0001`: with a backslash they would be a formula to some readers, or a backslash.
 */
const escaped = (text: string): string =>
  text.replace(/[\\`*_$]|~(?=~)|<(?=[A-Za-z/!?])|\](?=[([:])/g, (mark) => `\\${mark}`).replace(/\s*\n\s*/g, ' ');

/** Code between back ticks: as many as are in none of it. */
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
