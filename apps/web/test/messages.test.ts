import { describe, expect, it } from 'vitest';
import en from '../messages/en.json' with { type: 'json' };
import zh from '../messages/zh.json' with { type: 'json' };
import { localePath, preferredLocale, splitLocale } from '../src/i18n/locales.ts';

type Tree = { readonly [key: string]: string | Tree };

/** Every text by its path, with the names of its placeholders. */
function shape(tree: Tree, path = ''): Record<string, string[]> {
  return Object.assign(
    {},
    ...Object.entries(tree).map(([key, value]) => {
      const at = path ? `${path}.${key}` : key;
      if (typeof value !== 'string') return shape(value, at);
      // A brace after a plural's or a selection's case opens a text, not a placeholder.
      const names = [...value.matchAll(/(?<!(?:zero|one|two|few|many|other|true|false|row|=\d+) )\{(\w+)[,}]/g)].map(
        ([, name]) => name ?? '',
      );
      return { [at]: [...new Set(names)].sort() };
    }),
  );
}

describe('the texts of the interface', () => {
  it('are the same in English and Chinese: keys and placeholders', () => {
    const [english, chinese] = [shape(en), shape(zh)];
    expect(Object.keys(english).length).toBeGreaterThan(80);
    expect(chinese).toEqual(english);
  });

  it('are Chinese in Chinese', () => {
    const texts = Object.entries(shape(zh)).map(
      ([path]) => path.split('.').reduce<unknown>((at, key) => (at as Tree)[key], zh) as string,
    );
    const foreign = texts.filter(
      (text) => !/[\u4e00-\u9fff]/.test(text) && /[a-z]{4}/i.test(text.replace(/\{[^}]*\}/g, '')),
    );
    expect(foreign.length).toBeLessThan(8);
  });
});

describe('languages in addresses', () => {
  it('come apart and together again', () => {
    expect(splitLocale('/zh/runs/a')).toEqual({ locale: 'zh', rest: '/runs/a', prefixed: true });
    expect(splitLocale('/runs/a')).toEqual({ locale: 'en', rest: '/runs/a', prefixed: false });
    expect([localePath('zh', '/'), localePath('zh', '/concepts'), localePath('en', '/concepts')]).toEqual([
      '/zh',
      '/zh/concepts',
      '/concepts',
    ]);
  });

  it("follow the browser's wishes", () => {
    expect(['zh-CN,zh;q=0.9,en;q=0.8', 'en-GB,zh;q=0.5', 'fr', 'zh;q=0, en', null].map(preferredLocale)).toEqual([
      'zh',
      'en',
      'en',
      'en',
      'en',
    ]);
  });
});
