import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

// The first load of a page has only the characters that nearly every page has. A character outside of them (é, ∇) brings
// the whole font, which the same family has for all others: a later face goes before an earlier one where ranges overlap.

const OUT = fileURLToPath(new URL('../src/ui/generated/', import.meta.url));

/** @param {string} from @param {string} to both included */
const range = (from, to) => {
  const [first, last] = [from.codePointAt(0), to.codePointAt(0)];
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i));
};

const ASCII = range(' ', '~');
/** Marks that Chinese writes too, as wide as a Han character: beside Han, Inter has none of them. */
const SHARED_MARKS = '–—‘’“”…';
const NAMES = 'áäåçèéíñóöøúü'; // of the authors that pages refer to
const TEXT = `${ASCII}${NAMES}\u00a0±°²³·×÷−`;
const SMALL = range('a', 'z');
const OPERATORS = `${range('!', '@')}[]^{|}±·×ˉΦ…→∂∇−∗∣∥≈≠≤≥⋅∈∞⊤′ \u00a0\u200b\ue020`; // U+E020 strikes a sign through
const GREEK = 'αβγδεηθλμπρστφωϵ';

/** @param {string} characters */
const unicodeRange = (characters) => {
  const points = [...characters].map((character) => character.codePointAt(0)).sort((a, b) => a - b);
  const spans = [];
  for (const point of points) {
    const last = spans.at(-1);
    if (last?.[1] === point - 1) last[1] = point;
    else spans.push([point, point]);
  }
  const hex = (point) => point.toString(16).toUpperCase().padStart(4, '0');
  return spans.map(([a, b]) => (a === b ? `U+${hex(a)}` : `U+${hex(a)}-${hex(b)}`)).join(', ');
};

const face = ({ family, style = 'normal', weight, display, file, characters }) => `@font-face {
  font-family: "${family}";
  font-style: ${style};
  font-weight: ${weight};
  font-display: ${display};
  src: url("./${file}") format("woff2");
  unicode-range: ${unicodeRange(characters)};
}
`;

async function subset(source, characters, file, options) {
  const font = await readFile(fileURLToPath(import.meta.resolve(source)));
  await writeFile(`${OUT}${file}`, await subsetFont(font, characters, { targetFormat: 'woff2', ...options }));
}

await mkdir(OUT, { recursive: true });

const INTER = 'inter-basic.woff2';
await subset('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', TEXT + SHARED_MARKS, INTER, {
  variationAxes: { wght: { min: 400, max: 700 } },
  keepFeatures: ['kern', 'tnum'],
});
// Faces with the same descriptors alone complete each other: those of the whole font have these weights.
const inter = { weight: '100 900', display: 'swap', file: INTER };
await writeFile(
  `${OUT}text-fonts.css`,
  face({ ...inter, family: 'Inter Variable', characters: TEXT + SHARED_MARKS }) +
    face({ ...inter, family: 'Inter beside Han', characters: TEXT }),
);

const FORMULAS = [
  { name: 'KaTeX_Main-Regular', family: 'KaTeX_Main', style: 'normal', characters: SMALL + OPERATORS },
  { name: 'KaTeX_Math-Italic', family: 'KaTeX_Math', style: 'italic', characters: range('A', 'Z') + SMALL + GREEK },
];
let formulas = '';
for (const { name, family, style, characters } of FORMULAS) {
  const file = `${name}-basic.woff2`;
  await subset(`katex/dist/fonts/${name}.woff2`, characters, file, { keepFeatures: [] });
  formulas += face({ family, style, weight: 400, display: 'block', file, characters });
}
await writeFile(`${OUT}formula-fonts.css`, formulas);
