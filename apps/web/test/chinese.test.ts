import { readdirSync, readFileSync } from 'node:fs';
import { END_REASONS, STUDIES } from '@whorl/core';
import { courseWriteup, writeupMarkdown } from '@whorl/core/writeup';
import { describe, expect, it } from 'vitest';
import en from '../messages/en.json' with { type: 'json' };
import zh from '../messages/zh.json' with { type: 'json' };
import { spaced } from '../src/i18n/spaced.ts';

// What a machine can tell of good Chinese: punctuation, spacing, one word for one thing, and nothing left in English.

type Tree = { readonly [key: string]: string | Tree };
const leaves = (tree: Tree, path = ''): [place: string, text: string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );

const root = new URL('../../../', import.meta.url);
const contents = new URL('apps/web/content/zh/', root);
const read = (file: string | URL) => readFileSync(file, 'utf8');
const prose = (text: string): string =>
  text
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/\$\$[\s\S]*?\$\$/g, '')
    .replace(/\$[^$\n]+\$/g, 'x')
    .replace(/`[^`\n]+`/g, 'x')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<https?:[^>]*>/g, 'x')
    .replace(/<[^>]*>/g, '')
    .replace(/^ {2}\w+: '(.*)',$/gm, '$1') // the title and the summary of a page
    .replace(/\*/g, '');
const linesOf = (file: string, text: string): [string, string][] =>
  prose(text)
    .split('\n')
    .map((line, i): [string, string] => [`${file}, line ${i + 1} of its prose`, line.replace(/^(#+|-|\|) /, '')]);

const messages = leaves(zh);
const pages = readdirSync(contents).flatMap((file) => linesOf(file, read(new URL(file, contents))));
/** The report of an empty record: all that it says itself, but for its title, which is the course's. */
const report = writeupMarkdown(
  {
    ...courseWriteup(
      STUDIES.map((study) => ({ study, found: null, figures: [] })),
      'zh',
    ),
    title: '课程作业',
  },
  { flavour: 'markdown', pictureOf: (id) => id },
);
const texts: readonly [place: string, text: string][] = [
  ...messages,
  ...pages,
  ...linesOf('README.zh.md', read(new URL('README.zh.md', root))),
  ...linesOf('the report', report),
  ...STUDIES.flatMap(({ id, title, question, claims }): [string, string][] =>
    [title, question, ...claims.map(({ text }) => text)].map((text) => [`study ${id}`, text.zh]),
  ),
  ...Object.entries(END_REASONS).map(([key, text]): [string, string] => [key, text.zh]),
];

const HAN = '\\p{Script=Han}';
const WIDE = '，。：；？！（）“”、《》';
/** What a text must not hold, and what is meant by it. */
const FAULTS: readonly [name: string, pattern: RegExp][] = [
  ['a narrow mark beside a Chinese character', new RegExp(`${HAN}[,;:?!"'()]|[,;:?!"'(]${HAN}|${HAN}\\.(?!\\d)`, 'u')],
  ['no space between Chinese and Latin', new RegExp(`${HAN}[A-Za-z0-9]|[A-Za-z0-9%]${HAN}`, 'u')],
  ['a space within Chinese', new RegExp(`${HAN} +${HAN}|${HAN} +[${WIDE}]|[${WIDE}] +${HAN}`, 'u')],
  ['an English sentence', /\b[a-z]{2,}(?: [a-z]{2,}){3,}/i],
  ['dots for an ellipsis', /\.\.\./],
];

/** Words that are another language's, or another word for a thing that has one. */
const WORDS: readonly [wrong: RegExp, right: string][] = [
  [/(?<!取|负)对数(?!刻度|轴|尺度|$)/, '配对数, where pairs are counted'],
  [/(?<!95% )置信区间/, '置信度分箱 for a bin of confidences; an interval says its level'],
  [/学生\s*(配对|t)/, '配对 t 检验'],
  [/本来就/, 'nothing'],
  [/个运行/, '次运行'],
  [/研究/, '课题 for a study'],
  [/对比(?!度)/, '比较'],
  [/备注/, '笔记'],
  [/探测/, '探针'],
  [/逐步执行|逐个操作/, '逐算子执行'],
  [/胜者|优胜/, '最好的'],
  [/没有可辨/, '差异不显著'],
  [/轮次|纪元/, '轮'],
  [/超参(?!数)|学习速率|批规范化/, '超参数, 学习率, 批归一化'],
];

describe('the Chinese of interface, concept pages, README and studies', () => {
  it('is looked at', () => {
    expect(messages.length).toBeGreaterThan(400);
    expect(texts.filter(([, text]) => new RegExp(HAN, 'u').test(text)).length).toBeGreaterThan(messages.length + 100);
  });

  it.each(FAULTS)('has nowhere %s', (_, pattern) => {
    const bare = texts.map(([place, text]) => [
      place,
      text.replace(/\{\w+\}/g, '◌').replace(/\{\w+, plural,|\{\w+, select,/g, ''),
    ]);
    expect(bare.filter(([, text]) => pattern.test(text ?? ''))).toEqual([]);
  });

  it.each(WORDS)('does not say %s: %s', (wrong) => {
    expect(texts.filter(([, text]) => wrong.test(text))).toEqual([]);
  });

  it('finds what it looks for', () => {
    const found = (text: string) => FAULTS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
    expect(
      ['准确率:高', '第3步', '运行 次数', '均值 。', 'the run has not ended yet', '正在读取...'].map(found),
    ).toEqual([
      ['a narrow mark beside a Chinese character'],
      ['no space between Chinese and Latin'],
      ['a space within Chinese'],
      ['a space within Chinese'],
      ['an English sentence'],
      ['a narrow mark beside a Chinese character', 'dots for an ellipsis'],
    ]);
    expect(found('第 3 步的准确率为 0.95，p = 0.03（Holm 校正）。')).toEqual([]);
    const word = (text: string) => WORDS.filter(([wrong]) => wrong.test(text)).length;
    expect(['显示全部对数据', '置信区间', '学生 t 分布', '共 3 个运行', '95% 置信区间，对数刻度'].map(word)).toEqual([
      1, 1, 1, 1, 0,
    ]);
  });

  it('has its spaces also where Intl writes it', () => {
    expect(spaced(new Intl.ListFormat('zh').format(['linear', 'relu', '各层']))).toBe('linear、relu 和各层');
    const seconds = new Intl.NumberFormat('zh', { style: 'unit', unit: 'second' });
    expect(spaced(seconds.format(12.5))).toBe('12.5 秒');
    expect(spaced('12.5 sec, a and b')).toBe('12.5 sec, a and b');
  });

  it('differs from the English wherever there are words, but for names and signs', () => {
    const english = new Map(leaves(en));
    const same = messages.filter(
      ([place, text]) => english.get(place) === text && /[a-z]{2}/i.test(text.replace(/\{\w+\}/g, '')),
    );
    expect(same.map(([, text]) => text).sort()).toEqual(['Node.js', 'Whorl', 'Whorl']);
  });
});
