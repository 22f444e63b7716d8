// A chart as files. Every chart is either ECharts' canvas or an SVG of ours; both can be drawn again as a picture.

/** How a chart is drawn as a file; each may take a moment. */
export interface ChartExports {
  readonly svg: () => Promise<string>;
  readonly png: () => Promise<Blob>;
}

/** The numbers behind a chart: what its text alternative shows and its CSV holds. */
export interface ChartNumbers {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null | undefined)[])[];
}

const SCALE = 2;

/** Numbers as comma-separated values (RFC 4180), with every digit that they have. */
export function toCsv({ columns, rows }: ChartNumbers): string {
  return [columns, ...rows]
    .map((row) => row.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n');
}

/** A text that a spreadsheet would run as a formula is kept a text by an apostrophe (OWASP, CSV injection). */
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

/** A name that every file system takes. */
export const fileName = (title: string): string =>
  title
    .normalize('NFKC')
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80) || 'chart';

/** The exports of what can be written as an SVG document. */
export const documentExports = (svg: () => string): ChartExports => ({
  svg: async () => svg(),
  png: async () => rasterize(svg()),
});

/** The exports of an SVG on the page. */
export const svgExports = (element: () => SVGSVGElement | null): ChartExports =>
  documentExports(() => standalone(found(element())));

function found<T>(element: T | null): T {
  if (element === null) throw new Error('the chart is not on the page any more');
  return element;
}

/** Properties by which our SVGs are coloured and set; a file has no stylesheet to look them up in. */
const INLINED = [
  'fill',
  'stroke',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'color',
  'text-anchor',
] as const;

/** The SVG as a document of its own, in the colours that it has on the page. */
function standalone(element: SVGSVGElement): string {
  const copy = element.cloneNode(true) as SVGSVGElement;
  const [from, to] = [
    [element, ...element.querySelectorAll('*')],
    [copy, ...copy.querySelectorAll('*')],
  ];
  from.forEach((original, i) => {
    const style = getComputedStyle(original);
    const target = to[i] as SVGElement;
    for (const property of INLINED) target.style.setProperty(property, style.getPropertyValue(property));
    target.removeAttribute('class');
  });
  const { width, height } = element.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.style.background = getComputedStyle(document.documentElement).backgroundColor;
  return new XMLSerializer().serializeToString(copy);
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
