import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { commandsOf } from './documented-commands.ts';

// Every command of README, CONTRIBUTING, docs and content is run here, in the order of the documents, in a folder of its own.

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const list = (...args: string[]) =>
  execFileSync('git', ['ls-files', ...args], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n');
const first = ['README.md', 'README.zh.md', 'CONTRIBUTING.md'];
const documents = [...first, ...list('*.md', '*.mdx').filter((file) => !first.includes(file))].filter((file) =>
  existsSync(path.join(root, file)),
);
const documented = [
  ...new Set(
    documents.flatMap((file) => commandsOf(read(file)).map((command) => command.replace(/^npx whorl/, 'whorl'))),
  ),
];

/** A name in a sentence, such as `whorl compare`, of what another command runs with its arguments. */
const isName = (command: string): boolean =>
  documented.some((other) => other !== command && other.startsWith(`${command} `)) && command.startsWith('whorl ');

/** Little to train, by one process: what more of them do is held by apps/runner/test/jobs.test.ts. */
const SHORT = ['epochs=2', 'data.n=30', '--jobs', '1'];
const PORTS = ['--port', '0', '--share-port', '0'];

interface Smaller {
  /** Words that come after it, and nothing of it is left out. */
  readonly add?: readonly string[];
  /** What stands where the document has a word that the reader replaces. */
  readonly fill?: Readonly<Record<string, string>>;
  readonly why: string;
}

const SMALLER: Readonly<Record<string, Smaller>> = {
  'whorl run spiral model.activation=tanh optimizer.lr=0.01,0.001 --seeds 1..3': { add: SHORT, why: 'time' },
  'whorl run spiral model.activation=linear,relu optimizer.name=sgd,adam --seeds 1..5 --name grid': {
    add: SHORT,
    why: 'time',
  },
  'whorl run spiral model.activation=linear,relu optimizer.name=sgd,adam --seeds 1..5': { add: SHORT, why: 'time' },
  'whorl run optimizers optimizer.name=sgd,adam optimizer.lr=0.001,0.01,0.1 --seeds 1..3': { add: SHORT, why: 'time' },
  'whorl run activations model.activation=linear,sigmoid,tanh,relu,leaky-relu --seeds 1..3': {
    add: SHORT,
    why: 'time',
  },
  'whorl run mlp-vs-cnn model.name=mlp --seeds 1..3': { add: SHORT, why: 'time' },
  'whorl run mlp-vs-cnn model.name=mlp data.permuted=true --seeds 1..3': { add: SHORT, why: 'time' },
  'whorl run mlp-vs-cnn model.name=lenet model.activation=relu --seeds 1..3': { add: SHORT, why: 'time' },
  'whorl run mlp-vs-cnn model.name=lenet model.activation=relu data.permuted=true --seeds 1..3': {
    add: SHORT,
    why: 'time',
  },
  'whorl run repeatability --seeds 1 --name once': { add: SHORT, why: 'time' },
  'whorl run repeatability --seeds 1 --name twice': { add: SHORT, why: 'time' },
  'whorl run learning-rate optimizer.name=sgd optimizer.lr=0.001,0.1,1,10 --seeds 1..3': { add: SHORT, why: 'time' },
  'whorl run softmax loss.name=softmax-cross-entropy,softmax-squared-error,squared-error --seeds 1..3': {
    add: SHORT,
    why: 'time',
  },
  'whorl run lenet-vs-alexnet model.activation=tanh,relu data.n=2000 epochs=20 --seeds 1..3': {
    fill: { 'data.n=2000': 'data.n=30', 'epochs=20': 'epochs=2' },
    why: 'time',
  },
  "whorl run width-vs-depth 'model.hidden=[864],[24,24,24,24,24,24,24,24]' --seeds 1..3": {
    fill: { "'model.hidden=[864],[24,24,24,24,24,24,24,24]'": 'model.hidden=[864],[24,24,24,24,24,24,24,24]' },
    add: SHORT,
    why: 'time, and the marks are for a shell',
  },
  "whorl run vanishing-gradients 'model.hidden=[32,32],[32,32,32,32,32,32,32,32,32,32]' model.block=plain,residual --seeds 1..3":
    {
      fill: {
        "'model.hidden=[32,32],[32,32,32,32,32,32,32,32,32,32]'":
          'model.hidden=[32,32],[32,32,32,32,32,32,32,32,32,32]',
      },
      add: SHORT,
      why: 'time, and the marks are for a shell',
    },
  'whorl course --quick': { add: ['--only', 'tensors'], why: 'time: eleven studies take minutes' },
  'whorl run spiral data.name=csv data.path=my.csv --label species --name my': { add: ['epochs=2'], why: 'time' },
  'whorl serve': { add: PORTS, why: 'the ports may be taken' },
  'whorl serve --share-host 0.0.0.0': { add: PORTS, why: 'the ports may be taken' },
  'whorl ls spiral --query TEXT': { fill: { TEXT: 'metrics.loss > 0' }, why: 'a word to replace' },
  'whorl seed <experiment> <param>': {
    fill: { '<experiment>': 'grid', '<param>': 'trial' },
    why: 'words to replace',
  },
  'whorl ls <experiment> --query TEXT': {
    fill: { '<experiment>': 'grid', TEXT: 'seed = 1' },
    why: 'words to replace',
  },
  'npm run bench -- training': { add: ['--tiny', '--json'], why: 'time' },
  'npm run bench -- recording': { add: ['--tiny', '--json'], why: 'time' },
  'npm run bench -- sweep': { add: ['--tiny', '--json'], why: 'time' },
  'npm run bench -- ingest': { add: ['--tiny', '--json'], why: 'time' },
  'npm run bench -- web': { add: ['--tiny', '--json'], why: 'time' },
  'npm run bench -- same': { add: ['--tiny', '--json'], why: 'time' },
  'npm run bench -- truth': { add: ['--tiny', '--json'], why: 'time' },
  'npm run bench -- crash': { add: ['--tiny', '--json'], why: 'time' },
  'npm run bench -- watch': { add: ['--tiny', '--json'], why: 'time' },
  'npm run bench -- guests': { add: ['--tiny', '--json'], why: 'time' },
  'npm run bench -- labs': { add: ['--tiny', '--json', '--only', 'vs'], why: 'time' },
  'npm run bench -- viewers': { add: ['--tiny', '--json'], why: 'time' },
  'npm run unit': { add: ['--', 'test/architecture.test.ts'], why: 'all of it would run itself' },
  'npm run e2e': { add: ['--', '--list'], why: 'npm test runs all of it' },
  'npm run e2e -- --trace on -g NAME': {
    fill: { NAME: 'grows in the page' },
    add: ['--list'],
    why: 'npm test runs all of it',
  },
  'npm run build': { add: ['--', '--dry'], why: 'it would replace what other tests run from' },
  'npm run types': { add: ['--', '--dry'], why: 'it builds what other tests run from; npm test runs it' },
};

/** What no test may run, and the file that does in its stead, by the words that show it. */
const ELSEWHERE: Readonly<Record<string, { readonly why: string; readonly file: string; readonly says: string }>> = {
  'npm test': { why: 'it runs this', file: 'package.json', says: '"test": "node scripts/test.mjs"' },
  'npm start': { why: 'it never ends', file: 'e2e/tests/processes.spec.ts', says: 'npmStart(' },
  'npm start -- --once': { why: 'ten whole runs', file: 'e2e/tests/processes.spec.ts', says: "'--once'" },
  'npm install': { why: 'it replaces what runs this', file: 'package.json', says: '"workspaces"' },
  'whorl watch runs': {
    why: 'it ends when it is stopped',
    file: 'apps/runner/test/watch.test.ts',
    says: "'watch', folder",
  },
  'whorl import mlflow http://127.0.0.1:5000': {
    why: 'it needs a server',
    file: 'test/import-server.test.ts',
    says: "'import', 'mlflow', app.url",
  },
  'npm install http://127.0.0.1:4000/client.tgz': {
    why: 'it needs a server; the programs of this page are typed as they stand, this first',
    file: 'test/typed-program.ts',
    says: "command('sh', ['-e', '-c', shell(place)",
  },
  'npm ci': { why: 'it replaces what runs this', file: 'scripts/setup/dependencies.mjs', says: "'ci'" },
  'npm run setup': { why: 'it may build what other tests run from', file: 'scripts/test.mjs', says: "setUp('wanted')" },
  'npm run setup -- --native': {
    why: 'it may build what other tests run from',
    file: 'test/setup.test.ts',
    says: "prepare('asked')",
  },
  'npm run setup -- --no-native': {
    why: 'it takes away what other tests train on',
    file: 'test/setup.test.ts',
    says: "prepare('never')",
  },
  'npm run unused': { why: 'npm test runs it', file: 'scripts/test.mjs', says: "'knip', []" },
  'whorl course --only sign --quick': {
    why: 'the study is made by following the page',
    file: 'apps/runner/test/adding.test.ts',
    says: "'course', '--only', 'sign', '--quick'",
  },
};

const folder = mkdtempSync(path.join(tmpdir(), 'whorl-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(
  path.join(folder, 'my.csv'),
  `a,b,species\n${Array.from({ length: 30 }, (_, i) => `${i},${(i * 7) % 11},${i % 2 ? 'odd' : 'even'}`).join('\n')}\n`,
);
mkdirSync(path.join(folder, 'runs'));
writeFileSync(path.join(folder, 'runs', 'metrics.csv'), 'step,loss\n1,0.5\n2,0.25\n');

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const { DATABASE_URL: _, WHORL_HOME: __, NO_COLOR: ___, FORCE_COLOR: ____, ...plain } = process.env;
/** What is set up already must not be built anew below the tests that run from it. */
const env = { ...plain, WHORL_SET_UP: 'done', npm_config_loglevel: 'silent' };

/** Runs a documented command with its words; `ready` ends it once it has said so. */
async function run(words: readonly string[], cwd = folder, ready?: RegExp): Promise<Ended> {
  const [program = '', ...args] = words;
  const whorl = path.join(root, 'apps/runner/bin/whorl.js');
  const child =
    program === 'whorl'
      ? spawn(process.execPath, [whorl, ...args], { cwd, env })
      : spawn(program, args, {
          cwd: cwd === folder ? root : cwd,
          env: { ...env, WHORL_HOME: path.join(folder, '.whorl') },
        });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (text) => {
      said[name] += text;
      if (ready?.test(said.stdout)) child.kill('SIGTERM');
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

/** The words of a command as a shell has them, with those to replace replaced and some added. */
function wordsOf(command: string): string[] {
  const { fill = {}, add = [] } = SMALLER[command] ?? {};
  return [...command.split(/\s+/).map((word) => fill[word] ?? word), ...add];
}

/** A copy of the checkout's own files, in which a command may write. */
function copyOfCheckout(): string {
  const copy = path.join(folder, 'checkout');
  for (const file of list('--cached', '--others', '--exclude-standard')) {
    if (existsSync(path.join(root, file))) cpSync(path.join(root, file), path.join(copy, file));
  }
  cpSync(path.join(root, 'packages/store/dist'), path.join(copy, 'packages/store/dist'), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'dir');
  execFileSync('git', ['init', '--quiet'], { cwd: copy });
  const schema = path.join(copy, 'prisma/schema.prisma');
  writeFileSync(schema, `${readFileSync(schema, 'utf8')}\nmodel Added {\n  id String @id\n}\n`);
  writeFileSync(path.join(copy, 'scripts/unformatted.mjs'), 'export  const a=1');
  return copy;
}
let copied: string | undefined;

const lines = documented.filter((command) => !isName(command) && !(command in ELSEWHERE));

describe('documented commands', () => {
  it('are there, and every one that is not run as written is still documented', () => {
    expect(lines.length).toBeGreaterThan(20);
    expect(Object.keys({ ...SMALLER, ...ELSEWHERE }).filter((command) => !documented.includes(command))).toEqual([]);
  });

  it.each(Object.entries(ELSEWHERE))('%s, which no test may run, has who runs it', (_command, { file, says }) => {
    expect(read(file)).toContain(says);
  });

  it.each(lines)('%s', { timeout: 300_000 }, async (command) => {
    if (command === 'npm run fix' || command.startsWith('npm run migration')) {
      copied ??= copyOfCheckout();
      const before = readdirSync(path.join(copied, 'prisma/migrations'));
      const { code, stderr, stdout } = await run(wordsOf(command), copied);
      expect({ code, said: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, said: '' });
      const after = readdirSync(path.join(copied, 'prisma/migrations')).filter((name) => !before.includes(name));
      if (command === 'npm run fix') {
        expect(readFileSync(path.join(copied, 'scripts/unformatted.mjs'), 'utf8')).toBe('export const a = 1;\n');
      } else expect(after).toEqual([expect.stringMatching(/^\d{14}_what_changed$/)]);
      return;
    }
    if (command.includes('/path/to/python')) {
      const { code, stderr } = await run(wordsOf(command));
      expect(code).toBe(2);
      expect(stderr).toMatch(/--(torch|mlflow): \/path\/to\/python has no (PyTorch|MLflow)/);
      return;
    }
    if (command.includes('--revoke <id>')) {
      const made = await run(['whorl', 'share', 'spiral', '--json']);
      const { id } = (JSON.parse(made.stdout) as { share: { id: string } }).share;
      expect((await run(['whorl', 'share', '--revoke', id])).code).toBe(0);
      return;
    }
    const isServer = command.startsWith('whorl serve');
    const { code, stdout, stderr } = await run(wordsOf(command), folder, isServer ? /http:\/\/\S+:\d+/ : undefined);
    const wanted = isServer ? 130 : 0; // it is stopped as by Ctrl-C
    expect({ code, said: code === wanted ? '' : stdout + stderr }).toEqual({ code: wanted, said: '' });
    expect(stdout).not.toBe('');
    if (command.startsWith('npm run bench')) {
      // One document of {"rows":[...]} and nothing else.
      const { rows, ...rest } = JSON.parse(stdout) as { rows: unknown[] };
      expect({ rest, isEmpty: rows.length === 0 }).toEqual({ rest: {}, isEmpty: false });
    }
  });
});
