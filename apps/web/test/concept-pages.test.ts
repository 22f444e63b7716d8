import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { buildConfig, STUDIES, trainingStudy, withoutSeed } from '@whorl/core';
import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { asWritten, exponentOf } from '../src/features/concepts/model/as-written.ts';
import { keptOption, predictionKey } from '../src/features/concepts/model/prediction.ts';
import { REFERENCES } from '../src/features/concepts/model/references.ts';
import { PAGE_FIGURES } from '../src/server/record/page-figures.ts';

const content = new URL('../content/', import.meta.url);
const LOCALES = ['en', 'zh'] as const;
type Locale = (typeof LOCALES)[number];

/** The stations of a page, in their order; between the second and the third the page explains in its own sections. */
const STATIONS: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    'Your guess',
    'Run it',
    'What the runs say',
    'What the course says, and what holds',
    'Check yourself',
    'References',
  ],
  zh: ['先猜一猜', '动手运行', '运行的结果', '课程的说法与事实', '自测', '参考文献'],
};

interface Metadata {
  readonly study: string;
  readonly references: readonly string[];
  /** Where the numbers come from that are no runs': the course, a setting, arithmetic, or a reference. */
  readonly given: Readonly<Record<string, string>>;
}

function readPage(locale: Locale, slug: string) {
  const text = readFileSync(new URL(`${locale}/${slug}.mdx`, content), 'utf8');
  const [, object = '', body = ''] = /^export const metadata = (\{[\s\S]*?\n\})\n([\s\S]*)$/.exec(text) ?? [];
  return { metadata: runInNewContext(`(${object})`) as Metadata, body };
}

const slugs = readdirSync(new URL('en/', content)).map((file) => file.replace(/\.mdx$/, ''));
const pages = LOCALES.flatMap((locale) => slugs.map((slug) => ({ locale, slug, ...readPage(locale, slug) })));

const headingsOf = (body: string): string[] => [...body.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
const measuredIn = (body: string): [name: string, written: string][] =>
  [...body.matchAll(/<Measured of="(\w+)">([^<]+)<\/Measured>/g)].map(([, name = '', written = '']) => [name, written]);
const citedIn = (body: string): string[] => [...body.matchAll(/<Cite of="(\w+)" \/>/g)].map(([, id = '']) => id);

/** What a reader reads as prose: no code, formula, address, nor what is bound to runs. */
const proseOf = (body: string): string =>
  body
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/\$\$[\s\S]*?\$\$/g, '')
    .replace(/\$[^$\n]+\$/g, '')
    .replace(/`[^`\n]+`/g, '')
    .replace(/<Measured [^>]*>[^<]*<\/Measured>/g, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/<[A-Z][^>]*>/g, '');

/** Numbers that might be measured: with decimals, per cent, or of three digits and more. */
const numbersIn = (prose: string): string[] =>
  [...prose.matchAll(/(?<![\w.])(?:\d{1,3}(?:,\d{3})+|\d+\.\d+|\d{3,}|\d+(?=%))%?/g)].map(([number]) => number);

describe('concept pages', () => {
  it('are there for every study, in both languages, as many', () => {
    expect([...slugs].sort()).toEqual(STUDIES.map(({ id }) => id).sort());
    expect(readdirSync(new URL('zh/', content)).sort()).toEqual(readdirSync(new URL('en/', content)).sort());
    expect(pages.filter(({ slug, metadata }) => metadata.study !== slug)).toEqual([]);
  });

  describe.each(pages)('$locale/$slug', ({ locale, slug, metadata, body }) => {
    it('has every station, in order', () => {
      const own = headingsOf(body).filter((heading) => STATIONS[locale].includes(heading));
      expect(own).toEqual(STATIONS[locale]);
      const [, , ...after] = STATIONS[locale];
      expect(headingsOf(body).slice(-after.length)).toEqual(after);
    });

    it('asks for a guess, shows the evidence once, and has three self-checks and its references', () => {
      const count = (tag: RegExp) => [...body.matchAll(tag)].length;
      expect([/<Predict$/gm, /^<Evidence \/>$/gm, /^<Check question=/gm, /^<References \/>$/gm].map(count)).toEqual([
        1, 1, 3, 1,
      ]);
    });

    it('cites what it lists, and lists what it cites', () => {
      expect([...new Set(citedIn(body))].sort()).toEqual([...metadata.references].sort());
      expect(metadata.references.filter((id) => !(id in REFERENCES))).toEqual([]);
      expect(metadata.references.length).toBeGreaterThan(0);
    });

    it('has formulas without an error', () => {
      const formulas = [
        ...[...body.matchAll(/\$\$\n([\s\S]*?)\n\$\$/g)].map(([, formula = '']) => formula),
        ...[...body.replace(/\$\$[\s\S]*?\$\$/g, '').matchAll(/\$([^$\n]+)\$/g)].map(([, formula = '']) => formula),
      ];
      for (const formula of formulas) expect(() => katex.renderToString(formula, { strict: 'error' })).not.toThrow();
    });

    it('binds every number of runs to its runs, and says of every other one where it is from', () => {
      const known = Object.keys(PAGE_FIGURES[slug] ?? {});
      expect(measuredIn(body).filter(([name]) => !known.includes(name))).toEqual([]);
      const unbound = numbersIn(proseOf(body)).filter((number) => !(number in metadata.given));
      expect([...new Set(unbound)]).toEqual([]);
      const sources = ['course', 'setting', 'arithmetic', ...metadata.references];
      expect(Object.entries(metadata.given).filter(([, source]) => !sources.includes(source))).toEqual([]);
      const used = numbersIn(proseOf(body));
      expect(Object.keys(metadata.given).filter((number) => !used.includes(number))).toEqual([]);
    });

    it('is read in less than ten minutes', () => {
      const prose = proseOf(body);
      // 200 English words a minute, 300 Chinese characters: slow readers.
      const minutes =
        locale === 'en' ? prose.split(/\s+/).length / 200 : (prose.match(/\p{Script=Han}/gu) ?? []).length / 300;
      expect(minutes).toBeLessThan(10);
      expect(minutes).toBeGreaterThan(1);
    });
  });

  it.each(slugs)('%s says the same in both: sections, figures, references, guesses, checks', (slug) => {
    const [en, zh] = LOCALES.map((locale) => {
      const { metadata, body } = readPage(locale, slug);
      return {
        sections: headingsOf(body).length,
        measured: measuredIn(body).sort(),
        cited: citedIn(body).sort(),
        references: metadata.references,
        options: (/options=\{\[(.*)\]\}/.exec(body)?.[1] ?? '').split("', '").length,
        commands: [...body.matchAll(/^npx .*$/gm)].map(([command]) => command),
      };
    });
    expect(zh).toEqual(en);
  });

  it('state no figure that no page has, nor one of a configuration that no plan has', () => {
    for (const [id, figures] of Object.entries(PAGE_FIGURES)) {
      const stated = measuredIn(readPage('en', id).body).map(([name]) => name);
      expect(Object.keys(figures).filter((name) => !stated.includes(name))).toEqual([]);
      const study = trainingStudy(id);
      const plan = (['full', 'quick'] as const).flatMap((scale) =>
        study.variants(scale).map((values) => withoutSeed(buildConfig(study.defaults, values))),
      );
      const configurations = Object.entries(figures).flatMap(([name, { values, below }]) =>
        [values, ...(below ? [below] : [])].map((of) => [name, withoutSeed(buildConfig(study.defaults, of))] as const),
      );
      expect(configurations.filter(([, config]) => !plan.includes(config)).map(([name]) => name)).toEqual([]);
    }
  });

  it('finds a number that is neither bound nor given', () => {
    const prose = proseOf(
      'It took <Measured of="a">12.5</Measured> `0.1` $0.2$ [0.3](/x0.4) 1,250 steps, 40% and 7 of 0.93.',
    );
    expect(numbersIn(prose)).toEqual(['0.3', '1,250', '40%', '0.93']);
  });
});

describe('a recorded number', () => {
  it.each([
    ['0.996', 0.99512, '0.995'],
    ['738', 701.6, '702'],
    ['80%', 0.8123, '81%'],
    ['10^-18', -17.6, '10^−18'],
    ['10^0', -0.2, '10^0'],
    ['0.5', -0.04, '0.0'],
  ])('is written as the page writes it: %s', (written, value, text) => {
    expect(asWritten(written, value)).toBe(text);
  });

  it('is a power of ten where it was one', () => {
    expect([exponentOf('10^−18'), exponentOf('0.5')]).toEqual(['−18', null]);
  });
});

describe('a guess that a browser keeps', () => {
  it('is an option that the page has', () => {
    expect(predictionKey('spiral')).toBe('whorl.prediction.spiral');
    expect(['0', '2', '3', '-1', '1.5', 'x', null].map((text) => keptOption(text, 3))).toEqual([
      0,
      2,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
