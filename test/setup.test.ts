import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { language } from '../apps/runner/src/messages/language.ts';
import { NATIVE_PLATFORMS } from '../apps/runner/src/training/engine-choice.ts';
import { checkLibraries } from '../scripts/setup/native-engine.mjs';
import { mustBe, TENSORFLOW } from '../scripts/setup/verified.mjs';

// Set-up runs before anything is built, so it decides its language in its own words: as the command line does.

const terminal = fileURLToPath(new URL('../scripts/setup/terminal.mjs', import.meta.url));
const names = ['WHORL_LANG', 'LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** What a terminal of set-up shows of a step, in an environment of these variables only. */
function stepIn(variables: Record<string, string>): string {
  const env: NodeJS.ProcessEnv = { ...process.env, ...variables };
  for (const name of names) if (!(name in variables)) delete env[name];
  const program = `import(${JSON.stringify(terminal)}).then(({ step }) => step('x', async () => {}))`;
  return execFileSync('sh', ['-c', '"$0" -e "$1" 2>&1', process.execPath, program], { env, encoding: 'utf8' });
}

afterEach(() => vi.unstubAllEnvs());

describe('set-up speaks the language that the command line speaks', () => {
  it.each([
    [{ LC_ALL: 'zh_CN.UTF-8' }, '秒'],
    [{ LANG: 'zh_TW.UTF-8' }, '秒'],
    [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8' }, '秒'],
    [{ LC_ALL: 'zh_CN.UTF-8', WHORL_LANG: 'en' }, 's'],
    [{ LC_ALL: 'C', WHORL_LANG: 'zh' }, '秒'],
    [{ LANG: 'en_US.UTF-8' }, 's'],
  ])('%j', (variables, unit) => {
    for (const name of names) vi.stubEnv(name, (variables as Record<string, string>)[name]);
    expect(language()).toBe(unit === '秒' ? 'zh' : 'en');
    expect(stepIn(variables)).toMatch(new RegExp(`✓ x \\d\\.\\d ${unit}\\n`));
  });
});

describe('what set-up fetches', () => {
  const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');
  const known = Buffer.from('the bytes of a library');
  const flipped = Buffer.from(known);
  flipped[3] = (flipped[3] ?? 0) ^ 1;

  function folder(): string {
    const made = mkdtempSync(path.join(tmpdir(), 'whorl-setup-'));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    return made;
  }

  it('has a SHA-256 for each platform on which anything is fetched', () => {
    expect(Object.keys(TENSORFLOW), 'where `auto` may take the native engine').toEqual(NATIVE_PLATFORMS);
    for (const { wheel, libraries } of Object.values(TENSORFLOW)) {
      for (const hash of [wheel, ...Object.values(libraries)]) expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(Object.keys(libraries)).toEqual(['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']);
    }
  });

  it('bug: was used whatever it was; a flipped byte is refused with what came and what was expected, and not kept', async () => {
    const file = path.join(folder(), 'a.whl');
    writeFileSync(file, known);
    await mustBe(file, sha256(known));
    expect(existsSync(file)).toBe(true);
    writeFileSync(file, flipped);
    await expect(mustBe(file, sha256(known))).rejects.toThrow(
      new RegExp(`a\\.whl .*${sha256(known)}.*${sha256(flipped)}`),
    );
    expect(existsSync(file)).toBe(false);
  });

  it('bug: a library in the cache that somebody changed was loaded', async () => {
    const library = path.join(folder(), 'tensorflow');
    mkdirSync(path.join(library, 'lib'), { recursive: true });
    const libraries = { 'a.so': sha256(known), 'b.so': sha256(known) };
    const of = { version: '1', wheelPlatform: 'any', wheel: '', libraries };
    for (const name of Object.keys(libraries)) writeFileSync(path.join(library, 'lib', name), known);
    await checkLibraries(library, of);
    writeFileSync(path.join(library, 'lib', 'b.so'), flipped);
    await expect(checkLibraries(library, of)).rejects.toThrow(/b\.so/);
    expect(existsSync(library), 'it is fetched anew').toBe(false);
  });
});

describe('the native engine', () => {
  /** A checkout of which set-up sees no more than this, and a cache that has nothing. */
  function checkout() {
    const root = mkdtempSync(path.join(tmpdir(), 'whorl-checkout-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    cpSync(fileURLToPath(new URL('../scripts', import.meta.url)), path.join(root, 'scripts'), { recursive: true });
    const write = (file: string, text: string) => {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    };
    write('package.json', '{"type":"module"}');
    write('packages/store/package.json', '{}');
    write('node_modules/@tensorflow/tfjs-node/package.json', '{"version":"4.22.0"}');
    const binding = 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node';
    const memory = path.join(root, 'node_modules', '.whorl-setup.json');
    /** What set-up says. Without Python nothing can be fetched, and one sees that it was tried. */
    const prepare = (wish: string) => {
      const program = `import('./scripts/setup/native-engine.mjs').then((m) => m.prepareNativeEngine('${wish}'))`;
      const env = { PATH: root, WHORL_CACHE: path.join(root, 'cache'), LC_ALL: 'C' };
      const { stderr, status } = spawnSync(process.execPath, ['-e', program], { cwd: root, env, encoding: 'utf8' });
      expect(status, stderr).toBe(0);
      return stderr;
    };
    const remembered = () => (existsSync(memory) ? JSON.parse(readFileSync(memory, 'utf8')).nativeEngine : undefined);
    const has = () => existsSync(path.join(root, binding));
    return { prepare, remembered, has, build: () => write(binding, 'an addon') };
  }

  it('is not waited for where nobody asked for it', () => {
    const { prepare, remembered } = checkout();
    expect(prepare('kept')).toBe('');
    expect(remembered()).toBeUndefined();
  });

  it.runIf(process.platform === 'linux')(
    'is tried when it is wanted, and not again within a day, unless asked for',
    () => {
      const { prepare, remembered } = checkout();
      expect(prepare('wanted')).toMatch(/✗ native engine.*python3 is not installed.*npm run setup -- --native/s);
      expect(remembered()).toMatchObject({ ready: false, reason: 'python3 is not installed' });
      expect(prepare('kept')).toBe('');
      expect(prepare('wanted')).not.toMatch(/✗/);
      expect(prepare('asked')).toMatch(/✗ native engine/);
    },
  );

  it('is taken away and not wanted again once it was refused', () => {
    const { prepare, remembered, has, build } = checkout();
    build();
    expect(prepare('never')).toBe('');
    expect([has(), remembered()]).toEqual([false, { never: true }]);
    for (const wish of ['kept', 'wanted']) expect(prepare(wish)).toBe('');
    expect(remembered()).toEqual({ never: true });
  });

  it('is asked for and refused by name, and by no other', () => {
    const script = fileURLToPath(new URL('../scripts/setup.mjs', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script, '--nativ'], {
      env: { LC_ALL: 'C' },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([
      2,
      'npm run setup: expected nothing or one of --native, --no-native, got "--nativ"\n',
    ]);
  });
});
