import type { Text } from '../text/text.ts';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether `text` is a decimal number such as 1, -1.5, .5 or 1e-3. */
export const isDecimal = (text: string): boolean => DECIMAL.test(text);

/** A text as an error shows it: quoted, without control characters, not too long. */
export const quote = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/**
 * The number that a feature's text stands for: a finite decimal within the range of single precision.
 * @returns the number; or why the text is none, or is a whole number too long for double precision, and what to do
 */
export function parseFeature(text: string): number | Text {
  if (!isDecimal(text)) return whyNotDecimal(text);
  const value = Number(text);
  if (!Number.isFinite(Math.fround(value))) {
    return {
      en: `${quote(text)} is larger than single precision holds (3.4e38); give the column in another unit`,
      zh: `${quote(text)} 超出单精度的范围（3.4e38）；请给这一列换一个单位`,
    };
  }
  if (isWhole(text) && !keepsDigits(text, value)) {
    return {
      en: `${quote(text)} has more digits than double precision holds and would be read as ${value}; leave the column out of the file, or subtract the same number from all of it`,
      zh: `${quote(text)} 的位数超出双精度，会被读作 ${value}；请从文件中去掉这一列，或把整列减去同一个数`,
    };
  }
  return value;
}

/** Every double of normal size tells apart decimals of this many digits. */
const SAFE_DIGITS = 15;
const LEAST_NORMAL = 2 ** -1022;
/** The most digits with which a number is printed. */
const MOST_DIGITS = 100;

/** Whether the double nearest to a decimal text has the digits that the text has. */
export function keepsDigits(text: string, value: number): boolean {
  if (text.length <= SAFE_DIGITS && Math.abs(value) >= LEAST_NORMAL) return true;
  const digits = digitsOf(text).slice(0, MOST_DIGITS);
  return digits === '' || digitsOf(value.toPrecision(digits.length)) === digits;
}

/** The digits of a number, from the first to the last that is not 0. */
const digitsOf = (text: string): string =>
  text
    .replace(/e.*$/i, '')
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '');

/** Whether a decimal text is a whole number: an identifier or a count, in which every digit matters. */
function isWhole(text: string): boolean {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const fraction = mantissa.split('.')[1]?.replace(/0+$/, '') ?? '';
  return Number(exponent) >= fraction.length;
}

const FILL_IN: Text = { en: 'fill in a value, or leave the row out', zh: '请填上一个值，或去掉这一行' };

const FAULTS: readonly (readonly [RegExp, (text: string) => Text])[] = [
  [
    /^$/,
    () => ({
      en: 'the value is missing; fill it in, or leave the row out',
      zh: '缺少值；请填上，或去掉这一行',
    }),
  ],
  [/^[+-]?nan$/i, () => ({ en: `NaN is no finite number; ${FILL_IN.en}`, zh: `NaN 不是有限的数；${FILL_IN.zh}` })],
  [
    /^(\?|n\/?a|null|none)$/i,
    (text) => ({
      en: `${text} stands for a missing value; fill one in, or leave the row out`,
      zh: `${text} 表示缺失值；${FILL_IN.zh}`,
    }),
  ],
  [
    /^[+-]?inf(inity)?$/i,
    (text) => ({ en: `${text} is no finite number; ${FILL_IN.en}`, zh: `${text} 不是有限的数；${FILL_IN.zh}` }),
  ],
  [
    /^[+-]?0x[\da-f]+$/i,
    (text) => ({
      en: `${quote(text)} is hexadecimal; write it as a decimal number`,
      zh: `${quote(text)} 是十六进制；请写成十进制数`,
    }),
  ],
  [
    /^[+-]?\d{1,3}([,' _\u00a0\u202f]\d{3})+(\.\d+)?$/,
    (text) => {
      const plain = text.replaceAll(/[,' _\u00a0\u202f]/g, '');
      return {
        en: `${quote(text)} has thousands separators; write ${plain}`,
        zh: `${quote(text)} 含有千位分隔符；请写作 ${plain}`,
      };
    },
  ],
  [
    /^[+-]?\d*,\d+(e[+-]?\d+)?$/i,
    (text) => {
      const plain = text.replace(',', '.');
      return {
        en: `${quote(text)} has a decimal comma; write ${plain}, with a point`,
        zh: `${quote(text)} 用逗号作小数点；请写作 ${plain}，用点`,
      };
    },
  ],
  [
    /;/,
    (text) => ({
      en: `expected a number, got ${quote(text)}; fields are separated by commas here, not by semicolons`,
      zh: `应为数字，得到的是 ${quote(text)}；字段之间用逗号分隔，不用分号`,
    }),
  ],
];

/** Whether a text marks a missing number. */
export const isMissing = (text: string): boolean => /^(|\?|[+-]?nan|n\/?a|null|none|[+-]?inf(inity)?)$/i.test(text);

function whyNotDecimal(text: string): Text {
  const fault = FAULTS.find(([pattern]) => pattern.test(text));
  if (fault) return fault[1](text);
  return {
    en: `expected a number, got ${quote(text)}; mend it, leave the column out of the file, or name it with data.label where it holds the classes`,
    zh: `应为数字，得到的是 ${quote(text)}；请改正，或从文件中去掉这一列；如果这一列是类别，请用 data.label 指定它`,
  };
}
