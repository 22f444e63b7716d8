import { FONT } from './chart-ink.ts';

// A saved file is opened where the page's font is missing, so the characters that it uses are embedded.

const FAMILY = 'Inter Variable';

/** Whether a CSS `unicode-range` covers a character. A face without a range covers all. */
function covers(range: string): (character: string) => boolean {
  if (range.trim() === '') return () => true;
  const spans = range.split(',').flatMap((part): [number, number][] => {
    const match = /^\s*U\+([0-9A-F?]+)(?:-([0-9A-F]+))?\s*$/i.exec(part);
    const [, from = '', to] = match ?? [];
    if (!match) return [];
    return [[Number.parseInt(from.replaceAll('?', '0'), 16), Number.parseInt(to ?? from.replaceAll('?', 'F'), 16)]];
  });
  return (character) => {
    const code = character.codePointAt(0) ?? 0;
    return spans.some(([from, to]) => code >= from && code <= to);
  };
}

/**
 * Those of a family's faces that a browser takes for a text, in their order: of faces with the same character the last.
 * @param faces in the order of the style sheets, each with its CSS `unicode-range`
 */
export function facesOf<Face extends { readonly range: string }>(faces: readonly Face[], text: string): Face[] {
  const taken: Face[] = [];
  let left = [...new Set(text)];
  for (const face of faces.toReversed()) {
    const isOfFace = covers(face.range);
    if (left.some(isOfFace)) taken.unshift(face);
    left = left.filter((character) => !isOfFace(character));
  }
  return taken;
}

const fetched = new Map<string, Promise<string>>();

function dataUrl(address: string): Promise<string> {
  const known = fetched.get(address);
  if (known) return known;
  const reading = fetch(address)
    .then((response) => (response.ok ? response.blob() : Promise.reject(new Error(`${address}: ${response.status}`))))
    .then(
      (blob) =>
        new Promise<string>((resolve, reject) => {
          const reader = new FileReader();
          reader.onload = () => resolve(String(reader.result));
          reader.onerror = () => reject(reader.error ?? new Error(address));
          reader.readAsDataURL(blob);
        }),
    );
  reading.catch(() => fetched.delete(address));
  fetched.set(address, reading);
  return reading;
}

/** The CSS rules that embed the page's font for this text; empty where it cannot be read. */
export async function fontRules(text: string): Promise<string> {
  const faces = [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules].map((rule) => ({ rule, base: sheet.href ?? location.href }));
    } catch {
      return []; // a stylesheet of another origin cannot be read
    }
  });
  const all = faces.flatMap(({ rule, base }) => {
    if (!(rule instanceof CSSFontFaceRule)) return [];
    const { style } = rule;
    const address = /url\(["']?([^"')]+)["']?\)/.exec(style.getPropertyValue('src'))?.[1];
    const isOurs = style.getPropertyValue('font-family').includes(FAMILY);
    const isUpright = !style.getPropertyValue('font-style').includes('italic');
    if (!address || !isOurs || !isUpright) return [];
    const weight = style.getPropertyValue('font-weight') || '100 900';
    return [{ address: new URL(address, base).href, weight, range: style.getPropertyValue('unicode-range') }];
  });
  const written = await Promise.all(
    facesOf(all, text).map(async ({ address, weight, range }) => {
      const source = await dataUrl(address).catch(() => null);
      if (source === null) return '';
      const only = range ? `unicode-range:${range};` : '';
      return `@font-face{font-family:'${FAMILY}';font-weight:${weight};${only}src:url(${source}) format('woff2');}`;
    }),
  );
  return `${written.join('')}text{font-family:${FONT};font-variant-numeric:tabular-nums;}`;
}
