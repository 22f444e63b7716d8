import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// Machines that have less, as V8's own switches make this one: each trains in a process of its own.
const script = fileURLToPath(new URL('fixtures/engine-here.mjs', import.meta.url));
const trainedWith = (...flags: readonly string[]) =>
  JSON.parse(execFileSync(process.execPath, [...flags, script], { encoding: 'utf8', stdio: 'pipe' })) as {
    engine: string;
    skipped: string[];
    mode: string;
    eagerReason: string | null;
    steps: number;
  };

describe('where the portable engine cannot be, the next one trains and one line says why', () => {
  it('runs here', () => {
    expect(trainedWith()).toEqual({ engine: 'portable', skipped: [], mode: 'compiled', eagerReason: null, steps: 12 });
  });

  it.skipIf(process.arch !== 'x64')('no SIMD', () => {
    const { engine, skipped, steps } = trainedWith('--no-enable-ssse3', '--no-enable-sse4-1');
    expect({ engine, steps }).toEqual({ engine: 'wasm', steps: 12 });
    expect(skipped).toEqual([
      expect.stringMatching(/^engine portable is not available: its WebAssembly does not compile here \(.*SIMD.*\)$/),
    ]);
  });

  it.each([
    ['empty', (base64: string) => base64.slice(0, 0)],
    ['cut', (base64: string) => base64.slice(0, 40_000)],
    ['no WebAssembly', (base64: string) => base64.replace('AGFzbQ', 'AGFzbA')],
    // Sixteen bits of its last part, which hold constants: it would compile, and compute something else.
    ['changed in a constant', (base64: string) => `${base64.slice(0, -40)}${base64.slice(-40).replace(/^.../, 'zzz')}`],
  ])('a damaged module: %s', (_, damage) => {
    const loader = `export async function load(url, context, next) {
      const module = await next(url, context);
      if (!url.endsWith('/generated/portable.js')) return module;
      return { ...module, source: String(module.source).replace(/'([A-Za-z0-9+/=]{1000,})'/, (_, base64) => JSON.stringify((${damage})(base64))) };
    }`;
    const address = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;
    const hook = `import { register } from 'node:module'; register(${JSON.stringify(address(loader))});`;
    const { engine, skipped, steps } = trainedWith('--import', address(hook));
    expect({ engine, steps }).toEqual({ engine: 'wasm', steps: 12 });
    expect(skipped).toEqual([
      expect.stringMatching(
        /^engine portable is not available: its WebAssembly does not compile here \(it is damaged: .*\)$/,
      ),
    ]);
  });

  it('no WebAssembly at all', () => {
    const { engine, skipped, steps } = trainedWith('--no-expose-wasm');
    expect({ engine, steps }).toEqual({ engine: 'cpu', steps: 12 });
    expect(skipped).toEqual([
      'engine portable is not available: its WebAssembly does not compile here (WebAssembly is not defined)',
      expect.stringMatching(/^engine wasm is not available: /),
    ]);
  });

  it('bug: a training that wanted more memory than WebAssembly gave failed, where op by op it needs less', () => {
    expect(trainedWith('--wasm-max-mem-pages=300')).toEqual({
      engine: 'portable',
      skipped: [],
      mode: 'eager',
      eagerReason: 'this training takes 25 MiB of memory at once, more than this machine gives WebAssembly',
      steps: 12,
    });
  });
});
