import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import en from '../messages/en.json' with { type: 'json' };

const web = fileURLToPath(new URL('..', import.meta.url));
const sources = ['src', 'app']
  .flatMap((folder) =>
    readdirSync(path.join(web, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
  )
  .filter((name) => /\.tsx?$/.test(name));

const isTree = (node: unknown): node is Readonly<Record<string, unknown>> => typeof node === 'object' && node !== null;

/** The texts below a path, of which a part may be filled in when the page is drawn. */
function textsAt(parts: readonly string[], tree: unknown = en): string[] {
  const [part, ...rest] = parts;
  if (part === undefined) return typeof tree === 'string' ? [tree] : [];
  if (!isTree(tree)) return [];
  const pattern = new RegExp(`^${part.replace(/\$\{[^}]*\}/g, '.+')}$`);
  return Object.keys(tree)
    .filter((key) => pattern.test(key))
    .flatMap((key) => textsAt(rest, tree[key]));
}

interface Asked {
  readonly where: string;
  readonly texts: readonly string[];
}

/** Every text that a source asks for without giving it a value. */
function askedPlainly(name: string, source: string): Asked[] {
  const spaces = [...source.matchAll(/const (\w+) = useTranslations\('([\w.]+)'\)/g)];
  return spaces.flatMap(([, translate, space = '']) =>
    [...source.matchAll(new RegExp(`(?<![\\w.])${translate}\\(\\s*(?:'([^']+)'|\`([^\`]+)\`),?\\s*\\)`, 'g'))].map(
      ([call, plain, template]) => ({
        where: `${name}: ${call}`,
        texts: textsAt(`${space}.${plain ?? template}`.split('.')),
      }),
    ),
  );
}

const needsValues = (text: string): boolean => /\{\w+[,}]/.test(text);
const raw = (asked: readonly Asked[]) => asked.filter(({ texts }) => texts.some(needsValues)).map(({ where }) => where);

describe('a text with places to fill in', () => {
  it('bug: is given its values, so that no column is headed "{count, plural, one {…"', () => {
    const asked = sources.flatMap((name) => askedPlainly(name, readFileSync(path.join(web, name), 'utf8')));
    expect(asked.filter(({ texts }) => texts.length > 0).length).toBeGreaterThan(300);
    expect(raw(asked)).toEqual([]);
  });

  it('is found where it is not', () => {
    const planted = "const t = useTranslations('comparison');\ncolumns: [t('n'), t('counted')]";
    expect(raw(askedPlainly('planted.ts', planted))).toEqual(["planted.ts: t('counted')"]);
  });
});
