import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandsOf, withoutFences } from './documented-commands.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n');
const documents = tracked.filter((file) => /\.mdx?$/.test(file) && existsSync(path.join(root, file)));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

const wordsOf = (text: string): Set<string> => new Set(text.match(/[A-Za-z_$][\w$]*/g));
/** Every word of the code: of what is written, and not of what is made from it or written about it. */
const words = wordsOf(
  tracked
    .filter(
      (file) => /\.([mc]?[jt]sx?|json|prisma|sql|py|R)$/.test(file) && !/package-lock|fixtures\/.*\.json/.test(file),
    )
    .filter((file) => existsSync(path.join(root, file)) && file !== 'test/docs.test.ts')
    .map(read)
    .join('\n'),
);

/** One name, or names with dots between them. */
const IS_NAME = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/;
const IS_FILE = /^[\w./[\]-]+\.(?:[mc]?[jt]sx?|json|prisma|sql|py|R|md|mdx)$/;
/** What is named and no part of the code, by why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'stripes.ts': 'the reader writes it',
  'sign-sgd.ts': 'the reader writes it',
  'sign.ts': 'the reader writes it',
  'main.js': 'built',
  'worker.js': 'built',
  'src/generated/portable.ts': 'built',
  'sessions.json': 'written beside a record',
  'node_object_wrap.h': 'of Node',
  '/client.js': 'an address',
};

/** What the command says of itself, by its name: documents name few commands, and each of them often. */
const helps = new Map<string, string>();
function whorlHelp(name: string): string {
  const ask = ['apps/runner/bin/whorl.js', name, '--help'];
  const help = helps.get(name) ?? execFileSync(process.execPath, ask, { cwd: root, encoding: 'utf8' });
  helps.set(name, help);
  return help;
}

/** Why a command could not work, or null. */
function fault(command: string): string | null {
  const [first, second, ...rest] = command.replace(/^npx (-\S+ )*/, 'npx ').split(/\s+/);
  if (first === 'npm') {
    if (second === 'ci' || second === 'install') return null;
    const script = second === 'run' ? rest[0] : second;
    return script && script in scripts ? null : `package.json has no script "${script}"`;
  }
  const words = first === 'npx' && second === 'whorl' ? rest : first === 'whorl' && second ? [second, ...rest] : null;
  if (!words) return first === 'npx' && second === 'playwright' ? null : 'is no command that this test knows';
  const [name = '', ...flags] = words;
  if (name.startsWith('-')) return null;
  try {
    const help = whorlHelp(name);
    if (!help.startsWith(`Usage: whorl ${name} `)) return `whorl has no command "${name}"`;
    const unknown = flags.find((flag) => flag.startsWith('--') && !help.includes(flag.split('=')[0] as string));
    return unknown ? `whorl ${name} has no option ${unknown}` : null;
  } catch {
    return `whorl has no command "${name}"`;
  }
}

/** What a document has in back ticks and the code has not: files, identifiers, and such with the file that they are not in. */
function strangers(text: string): string[] {
  const prose = withoutFences(text);
  const ticked = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
  const unknown = ticked.filter((name) => {
    if (name in ELSEWHERE) return false;
    if (IS_FILE.test(name)) return !tracked.some((known) => known === name || known.endsWith(`/${name}`));
    return IS_NAME.test(name) && !name.split('.').every((word) => words.has(word));
  });
  const placed = [...prose.matchAll(/`([\w$]+)`\s+\(`((?:[\w.[\]-]+\/)+[\w.-]+\.\w+)`\)/g)];
  const misplaced = placed.filter(([, name = '', place = '']) => !wordsOf(read(place)).has(name));
  return [...unknown, ...misplaced.map(([both]) => both)];
}

/** GitHub's anchor of a heading. */
const anchor = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replace(/\s+/g, '-');

describe('documents', () => {
  it('are there to be tested', () => {
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'README.zh.md', 'CONTRIBUTING.md']));
    expect(documents.filter((file) => file.startsWith('docs/decisions/')).length).toBeGreaterThan(3);
    expect(documents.flatMap((file) => commandsOf(read(file))).length).toBeGreaterThan(20);
  });

  describe.each(documents)('%s', (file) => {
    const text = read(file);

    it('links to what exists', () => {
      const broken = [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
        if (/^(https?:|mailto:)/.test(target)) return [];
        if (target.startsWith('/')) {
          const [, locale = 'en', slug] = /^(?:\/(zh))?\/concepts\/([\w-]+)$/.exec(target) ?? [];
          return slug && existsSync(path.join(root, 'apps/web/content', locale, `${slug}.mdx`)) ? [] : [target];
        }
        const [place = '', hash] = target.split('#');
        const linked = place === '' ? file : path.posix.join(path.posix.dirname(file), place);
        if (!existsSync(path.join(root, linked))) return [target];
        if (hash === undefined) return [];
        const headings = [...read(linked).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));
        return headings.includes(hash) ? [] : [target];
      });
      expect(broken).toEqual([]);
    });

    it('names paths of the repository that exist', () => {
      const named = [
        ...withoutFences(text).matchAll(/`((?:apps|packages|prisma|e2e|docs|scripts|test)\/[\w./[\]-]*|\.ci\/run)`/g),
      ].map(([, name = '']) => name);
      expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
    });

    if (!file.startsWith('apps/web/content/'))
      it('names files and identifiers of the code that exist', () => {
        expect(strangers(text)).toEqual([]);
      });

    it('gives commands that exist', () => {
      expect(commandsOf(text).flatMap((command) => fault(command) ?? [])).toEqual([]);
    });
  });

  it('have twins in English and Chinese with the same commands and links', () => {
    const [en, zh] = [read('README.md'), read('README.zh.md')];
    const links = (text: string) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) =>
        target.replace(/-(en|zh)\.png|\.zh\.md|README\.md/, ''),
      );
    expect(commandsOf(zh)).toEqual(commandsOf(en));
    expect(links(zh).slice(1).sort()).toEqual(links(en).slice(1).sort());
  });

  it('catch a command, a path and an option that do not exist', () => {
    expect(fault('npm run no-such-script')).toContain('no script');
    expect(fault('npx whorl runn spiral')).toContain('no command');
    expect(fault('npx whorl run spiral --sedes 1')).toContain('no option --sedes');
    expect(fault('npx whorl run spiral --seeds 1')).toBeNull();
    expect(strangers('`oldName` reads `view/old-name.ts`; `useView` (`apps/web/src/view/view-state.ts`)')).toEqual([
      'oldName',
      'view/old-name.ts',
      '`useView` (`apps/web/src/view/view-state.ts`)',
    ]);
  });
});

describe('the glossary', () => {
  const rows = [...read('docs/glossary.md').matchAll(/^\| (?!word |---)(.*) \|$/gm)].map(([, row = '']) =>
    row.split(' | '),
  );
  const pages = documents.filter((file) => file.startsWith('apps/web/content/zh/')).map(read);
  const said = [read('apps/web/messages/zh.json'), ...pages].join('\n');

  it('has a line for each of its words', () => {
    expect(rows.length).toBeGreaterThan(40);
    const words = rows.map(([word]) => word);
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
    expect(rows.filter((row) => row.length !== 5)).toEqual([]);
  });

  it('has the Chinese words that pages say', () => {
    const chinese = rows.map(([, word = '']) => word).filter((word) => word !== '–');
    expect(chinese.length).toBeGreaterThan(35);
    expect(chinese.filter((word) => !/^\p{Script=Han}+$/u.test(word) || !said.includes(word))).toEqual([]);
  });
});

describe('what is followed through the code', () => {
  const stations = [...read('docs/follow-through.md').matchAll(/^\d+\. `([^`]+)`: (.*)$/gm)];

  it('is three things', () => {
    expect(read('docs/follow-through.md').match(/^## /gm)).toHaveLength(3);
    expect(read('docs/follow-through.md').match(/^\d+\. .*$/gm)).toHaveLength(stations.length);
  });

  it.each(stations.map(([, file = '', what = '']) => [file, what]))('%s: %s', (file, what) => {
    const named = [...what.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !wordsOf(read(file)).has(name))).toEqual([]);
  });
});

describe('concept pages', () => {
  const pages = (locale: string) =>
    documents.filter((file) => file.startsWith(`apps/web/content/${locale}/`)).map((file) => path.basename(file));

  it('are eleven, in English and Chinese', () => {
    expect(pages('en')).toHaveLength(11);
    expect(pages('zh')).toEqual(pages('en'));
  });

  it.each(pages('en'))('%s says the same in both: order, study, sections, displayed formulas', (page) => {
    const shape = (locale: string) => {
      const text = read(`apps/web/content/${locale}/${page}`);
      return {
        order: /order: (\d+)/.exec(text)?.[1],
        study: /study: '([\w-]+)'/.exec(text)?.[1],
        sections: [...text.matchAll(/^## /gm)].length,
        formulas: [...text.matchAll(/^\$\$\n([\s\S]*?)\n\$\$$/gm)].map(([, formula = '']) =>
          formula.replace(/\\text\{[^}]*\}/g, '').replace(/\s+/g, ''),
        ),
      };
    };
    expect(shape('zh')).toEqual(shape('en'));
    expect(shape('en').order).toBeDefined();
  });
});
