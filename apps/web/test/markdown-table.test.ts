import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../src/charts/table-text.ts';

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

/** The cells of a table as a renderer of GitHub's Markdown shows them, with mathematics as GitHub has it. */
function rendered(markdown: string): string[] {
  const html = renderToStaticMarkup(createElement(ReactMarkdown, { remarkPlugins: [remarkGfm, remarkMath] }, markdown));
  return [...html.matchAll(/<t[dh](?: [^>]*)?>([\s\S]*?)<\/t[dh]>/g)].map(([, cell = '']) =>
    cell.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => SIGNS[name] as string),
  );
}

describe('a table copied as Markdown, read by a renderer', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...['a', 'B', '1', ' ', '_', '__', '*', '**', '`', '``', '|', '||', '\\', '$', '$$', '#', '&', '&amp;', '&#35;'],
      ...['<', '<b>', '>', '[', ']', '](x)', '![', '~', '~~', '-', '--', '+', '±', '·', '学习率', '“”', '="', ':', '%'],
    ),
    fc.string({ maxLength: 3 }),
  );
  const name = fc
    .array(piece, { maxLength: 12 })
    .map((pieces) =>
      pieces
        .join('')
        .replace(/[\p{C}\s]+/gu, ' ')
        .trim(),
    )
    .filter((text) => text !== '' && !/https?:|www\.|@/i.test(text)); // an address may become a link: it still reads as it is

  it('has every name as it is, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 2, maxLength: 6 }), (names) => {
        const rows = names.map((text, i) => [text, i]);
        const cells = rendered(toMarkdown({ columns: ['name', 'n'], rows }));
        expect(cells).toEqual(['name', 'n', ...names.flatMap((text, i) => [text, String(i)])]);
      }),
      { numRuns: 500 },
    );
  });
});
