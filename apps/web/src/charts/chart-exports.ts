import type { Theme } from '#src/ui/use-theme.ts';
import { fontRules } from './file-font.ts';
import { type Drawing, type Sheet, sheetOf } from './sheet.ts';

// A chart as files. Every chart is either ECharts' canvas or an SVG of ours; both can be drawn again as a picture.

/** How a chart is drawn as a file; each may take a moment. */
export interface ChartExports {
  readonly svg: (sheet: Sheet) => Promise<string>;
  readonly png: (sheet: Sheet) => Promise<Blob>;
}

/** The numbers behind a chart: what its text alternative shows and its CSV holds. */
export interface ChartNumbers {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null | undefined)[])[];
  /** Whether points were left out, because a file of all would be too large. */
  readonly isThinned?: boolean;
}

const SCALE = 2;

/** Numbers as comma-separated values (RFC 4180), with every digit that they have. */
export function toCsv({ columns, rows }: ChartNumbers): string {
  return [columns, ...rows]
    .map((row) => row.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n');
}

/** The same as a file, with a byte order mark: without it Excel garbles Chinese. */
export const csvFile = (numbers: ChartNumbers): Blob =>
  new Blob(['\uFEFF', toCsv(numbers)], { type: 'text/csv;charset=utf-8' });

/** An apostrophe keeps a spreadsheet from running the text as a formula (OWASP, CSV injection). */
function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@＝＋－＠\t\r\n]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Hands a file to the browser's downloads. */
export function download(name: string, content: Blob | string, type = 'application/octet-stream'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A file name that every file system accepts. */
export const fileName = (...parts: readonly string[]): string => parts.map(slug).filter(Boolean).join('-') || 'chart';

const slug = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);

/** The exports of what can be drawn as an SVG in the colours of a theme. */
export function drawingExports(draw: (sheet: Sheet) => Drawing): ChartExports {
  const write = async (sheet: Sheet) => {
    const drawing = draw(sheet);
    return sheetOf(sheet, drawing, await fontRules(sheet.title + drawing.svg));
  };
  return { svg: write, png: async (sheet) => rasterize(await write(sheet)) };
}

/** The exports of an SVG on the page. */
export const svgExports = (element: () => SVGSVGElement | null): ChartExports =>
  drawingExports(({ theme }) => inked(found(element()), theme));

function found<T>(element: T | null): T {
  if (element === null) throw new Error('the chart is not on the page any more');
  return element;
}

/** The CSS properties to write into the SVG: a file has no stylesheet. */
const INLINED = ['fill', 'stroke', 'opacity', 'font-size', 'font-weight', 'text-anchor', 'image-rendering'] as const;
const COLOURED: readonly string[] = ['fill', 'stroke'];

/** A copy of the SVG that needs no stylesheet, in the colours of a theme. */
function inked(element: SVGSVGElement, theme: Theme): Drawing {
  const { width, height } = element.getBoundingClientRect();
  const copy = element.cloneNode(true) as SVGSVGElement;
  const originals = [element, ...element.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  inTheme(theme, () => {
    for (const [i, original] of originals.entries()) {
      const style = getComputedStyle(original);
      for (const property of INLINED) {
        const value = style.getPropertyValue(property);
        copies[i]?.style.setProperty(property, COLOURED.includes(property) ? plainColour(value) : value);
      }
    }
  });
  for (const part of copies) part.removeAttribute('class');
  // Links of the page lead nowhere in a file.
  for (const link of copy.querySelectorAll('a')) link.removeAttribute('href');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return { svg: new XMLSerializer().serializeToString(copy), width, height };
}

/**
 * Reads computed styles as they are in a theme. The page gets its own theme back before the next paint, so nobody sees it.
 */
function inTheme(theme: Theme, read: () => void): void {
  const { documentElement: root } = document;
  const before = root.dataset.theme;
  const still = new CSSStyleSheet();
  still.replaceSync('* { transition: none !important }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
  root.dataset.theme = theme;
  try {
    read();
  } finally {
    if (before === undefined) delete root.dataset.theme;
    else root.dataset.theme = before;
    getComputedStyle(root).getPropertyValue('color'); // apply the page's theme again while transitions are still off
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
  }
}

const plain = new Map<string, string>();

/** A colour as `rgb(...)`, which every program reads. Browsers give some computed colours as `oklab(...)`. */
function plainColour(value: string): string {
  if (!/^(oklab|oklch|lab|lch|color)\(/.test(value)) return value;
  const known = plain.get(value);
  if (known) return known;
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return value;
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  const text = alpha === 255 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
  plain.set(value, text);
  return text;
}

/** An SVG document as a PNG of twice its size. */
async function rasterize(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return toPng(canvas);
}

/** A canvas as a PNG. */
export const toPng = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the browser could not draw the picture'))));
  });
