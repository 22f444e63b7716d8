import { withoutPaths } from '../text/without-paths.ts';
import { inXml } from './drawing/sheet.ts';
import { PAGE_STYLE } from './page-style.ts';
import { type Block, counted, type Phrase, type Writeup, type WriteupTable } from './tree.ts';
import { WORDS } from './words.ts';

/**
 * A report as one HTML document that needs nothing else: figures are inline SVG, formulas MathML. It prints on A4, and
 * the reader can write into the places for own words.
 */
export function writeupHtml({ title, blocks, language }: Writeup): string {
  const parts = counted(blocks);
  const contents = parts.flatMap(({ block, count }) =>
    block.kind === 'heading' && block.level < 4
      ? [`<li class="l${block.level}"><a href="#s${count}">${said(block.text)}</a></li>`]
      : [],
  );
  return [
    '<!doctype html>',
    `<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${said(title)}</title><style>${PAGE_STYLE}</style></head>`,
    `<body><main><h1>${said(title)}</h1>`,
    ...(contents.length > 0
      ? [`<nav aria-label="${said(WORDS.contents[language])}"><ul>${contents.join('')}</ul></nav>`]
      : []),
    ...parts.map(({ block, count }) => blockHtml(block, count, language)),
    '</main></body></html>',
    '',
  ].join('\n');
}

/** @param count the number of the block among those of its kind */
function blockHtml(block: Block, count: number, language: Writeup['language']): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level} id="s${count}">${said(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${phrasesHtml(block.spans)}</p>`;
    case 'list':
      return `<ul>${block.items.map((spans) => `<li>${phrasesHtml(spans)}</li>`).join('')}</ul>`;
    case 'table':
      return tableHtml(block, WORDS.table(count)[language]);
    case 'commands':
      return commandsHtml(block.lines);
    case 'figure': {
      const { svg, caption } = block.figure;
      return `<figure>${svg}<figcaption><b>${WORDS.figure(count)[language]}</b> ${said(caption)}</figcaption></figure>`;
    }
    case 'own': {
      const name = said(`${WORDS.own[language]} ${block.about}`);
      return (
        `<section class="own"><p><b>${WORDS.own[language]}</b> ${said(block.about)}</p>` +
        `<div contenteditable="true" role="textbox" aria-multiline="true" aria-label="${name}"></div></section>`
      );
    }
    case 'missing':
      return (
        `<section class="missing"><p><b>${WORDS.missing[language]}</b>${WORDS.colon[language]}${said(block.said)}` +
        `${WORDS.help[block.help][language]}</p>${commandsHtml(block.commands)}</section>`
      );
  }
}

const said = (text: string): string => inXml(withoutPaths(text));

const commandsHtml = (lines: readonly string[]): string => `<pre><code>${lines.map(said).join('\n')}</code></pre>`;

const phrasesHtml = (spans: readonly Phrase[]): string =>
  spans
    .map((span) => {
      if (typeof span === 'string') return said(span);
      if ('code' in span) return `<code>${said(span.code)}</code>`;
      if ('strong' in span) return `<b>${said(span.strong)}</b>`;
      return `<math>${span.equation.mathml}</math>`;
    })
    .join('');

function tableHtml({ caption, heads, align, rows }: WriteupTable, label: string): string {
  const side = (i: number): string => (align[i] === 'right' ? ' class="n"' : '');
  const head = heads.map((cell, i) => `<th scope="col"${side(i)}>${said(cell)}</th>`).join('');
  const body = rows.map(
    (cells) => `<tr>${cells.map((cell, i) => `<td${side(i)}>${phrasesHtml([cell])}</td>`).join('')}</tr>`,
  );
  return (
    `<div class="table" tabindex="0" role="region" aria-label="${label} ${said(caption)}"><table><caption><b>${label}</b> ${said(caption)}</caption>` +
    `<thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
  );
}
