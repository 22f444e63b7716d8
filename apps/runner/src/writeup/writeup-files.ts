import type { Language } from '@whorl/core';
import {
  type Figure,
  figuresIn,
  type MarkdownFlavour,
  type Writeup,
  writeupHtml,
  writeupMarkdown,
} from '@whorl/core/writeup';
import { findPainter, lettering } from './pictures.ts';
import type { WriteupFiles } from './writeup-folder.ts';

/** What could not be drawn as it should be. */
export type PictureNote = 'no PNG' | 'no Chinese font';

/** A report in its files. */
interface WrittenFiles {
  readonly writeup: Writeup;
  readonly files: WriteupFiles;
  readonly notes: readonly PictureNote[];
}

/** A report as one HTML file. */
export const htmlFile = (writeup: Writeup): WrittenFiles => ({
  writeup,
  files: new Map([['report.html', writeupHtml(writeup)]]),
  notes: [],
});

/**
 * A report as Markdown, with its pictures as SVG and as PNG.
 * @param writeupIn the report in a language: its figures in another one stand in where no font has Chinese
 */
export async function markdownFiles(
  writeupIn: (language: Language) => Promise<Writeup>,
  language: Language,
  flavour: MarkdownFlavour,
): Promise<WrittenFiles> {
  const writeup = await writeupIn(language);
  const figures = figuresIn(writeup);
  const painter = figures.length > 0 ? await findPainter() : null;
  const end = painter || figures.length === 0 ? 'png' : 'svg';
  const files = new Map<string, string | Uint8Array>([
    ['report.md', writeupMarkdown(writeup, { flavour, pictureOf: (id) => `figures/${id}.${end}` })],
    ...figures.map(({ id, svg }) => [`figures/${id}.svg`, svg] as const),
  ]);
  const inPictures = painter ? lettering(language, painter) : language;
  if (painter) {
    const painted: readonly Figure[] = inPictures === language ? figures : figuresIn(await writeupIn(inPictures));
    for (const { id, svg } of painted) files.set(`figures/${id}.png`, await painter.paint(svg));
  }
  return {
    writeup,
    files,
    notes: [
      ...(figures.length > 0 && !painter ? (['no PNG'] as const) : []),
      ...(inPictures === language ? [] : (['no Chinese font'] as const)),
    ],
  };
}
