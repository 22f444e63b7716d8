import { describe, expect, it } from 'vitest';
import { OTHER_NAMES } from '../src/config/other-names.ts';
import { wordsAt } from '../src/config/paths.ts';
import {
  buildConfig,
  ConfigError,
  canonicalJson,
  configHash,
  flatten,
  grid,
  parseAssignment,
  parseConfig,
  parseIntegers,
  Rng,
  trainingStudy,
  writeAssignment,
} from '../src/index.ts';

const base = trainingStudy('spiral').defaults;
const build = (...words: string[]) => grid(words.map(parseAssignment)).map((values) => buildConfig(base, values));
const message = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
};

describe('assignments', () => {
  it('set values by path and leave the rest as the study has it', () => {
    expect(build('optimizer.lr=0.01', 'model.hidden=[8,4]')).toEqual([
      { ...base, optimizer: { ...base.optimizer, lr: 0.01 }, model: { ...base.model, hidden: [8, 4] } },
    ]);
  });

  it('sweep lists and ranges as a grid, the first path slowest', () => {
    const configs = build('model.activation=relu,tanh', 'epochs=1..3', 'model.hidden=[2],[3,4]');
    expect(configs).toHaveLength(12);
    expect(
      configs
        .map(({ model, epochs }) => `${model.activation} ${epochs} ${'hidden' in model && model.hidden}`)
        .slice(0, 3),
    ).toEqual(['relu 1 2', 'relu 1 3,4', 'relu 2 2']);
  });

  it('keep what two kinds share when a part changes its kind', () => {
    expect(build('optimizer.name=sgd')[0]?.optimizer).toEqual({ name: 'sgd', lr: 0.001, weightDecay: 0.00001 });
    expect(build('schedule.name=step', 'schedule.factor=0.3')[0]?.schedule).toMatchObject({ every: 30, factor: 0.3 });
  });

  it('keep nothing that only has the same name: an angle is no distance, digits are no points of a class', () => {
    const [moons] = build('data.name=moons', 'data.noise=0.3', 'data.n=77');
    const to = (name: string) => buildConfig(moons as typeof base, { 'data.name': name }).data;
    expect(to('spiral')).toEqual({ name: 'spiral', n: 77, classes: 3, noise: 0.2 });
    expect(to('gaussians')).toEqual({ name: 'gaussians', n: 77, classes: 3, noise: 0.3 });
    expect(to('mnist')).toEqual({ name: 'mnist', n: 8000, augment: 'none' });
  });

  it.each([
    ['optimizer.lr=abc', 'optimizer.lr: expected a number, got "abc"'],
    ['optimizer.lr=0', 'optimizer.lr: expected more than 0, got 0'],
    ['optimzer.lr=1', 'optimzer.lr: no such path. Did you mean "optimizer.lr"?'],
    ['__proto__.x=1', '__proto__.x: no such path.'],
    [
      'model.activation=rleu',
      'model.activation: got "rleu". Did you mean "relu"? Allowed: linear, sigmoid, tanh, relu',
    ],
    ['optimizer.name=adma', 'optimizer.name: unknown optimizer "adma". Did you mean "adam"?'],
    ['epochs=-5', 'epochs: expected at least 1, got -5'],
    ['optimizer.lr=1e999', 'got Infinity'],
    ['epochs=1.5', 'epochs: expected a whole number, got 1.5'],
    ['epochs=5..1', 'epochs: the range "5..1" runs backwards; write 1..5'],
    ['epochs=', 'epochs: expected a value after "="'],
    ['epochs', 'expected path=value'],
    ['seed=3', 'seed: give seeds with --seeds'],
    ['model.hidden=100', 'model.hidden: expected a list such as [100,50], got 100'],
    ['model.hidden=[0]', 'model.hidden.0: expected at least 1, got 0'],
    ['data.noise=NaN', 'data.noise: expected a number, got "NaN"'],
    ['batchSize=0', 'batchSize: expected at least 1, got 0'],
    ['batchSize=half', 'batchSize: expected "full" or a whole number from 1 on, got "half"'],
  ])('refuse %s in one message that names the field', (word, start) => {
    expect(message(() => build(word))).toContain(start);
  });

  it.each([
    ['lr=0.1', 'optimizer.lr'],
    ['activation=relu', 'model.activation'],
    ['optimizer=adam', 'optimizer.name'],
    ['loss=squared-error', 'loss.name'],
    ['data=moons', 'data.name'],
    ['hidden=[8]', 'model.hidden'],
    ['n=5', 'data.n'],
    ['learning_rate=0.1', 'optimizer.lr'],
    ['weight_decay=0.1', 'optimizer.weightDecay'],
    ['optimizer.weight_decay=0.1', 'optimizer.weightDecay'],
    ['batch-size=5', 'batchSize'],
    ['model.hidden=[8]', 'model.hidden'],
  ])('take a unique short name of a path: %s', (word, path) => {
    expect(parseAssignment(word).path).toBe(path);
  });

  it('give the one that is near, or the few that match, and not all 31 paths', () => {
    expect(message(() => build('name=relu'))).toBe(
      'name: stands for several paths: data.name, model.name, loss.name, optimizer.name, schedule.name',
    );
    expect(message(() => build('activaton=relu'))).toBe('activaton: no such path. Did you mean "model.activation"?');
    expect(message(() => build('optimizer.speed=1'))).toBe(
      'optimizer.speed: no such path. Allowed: optimizer.name, optimizer.lr, optimizer.weightDecay, optimizer.momentum',
    );
    expect(message(() => build('lr=1', 'optimizer.lr=2'))).toBe('optimizer.lr: is given twice');
  });

  it.each([
    ['activation=silu', 'swish'],
    ['activation=swish-1', 'swish'],
    ['activation=identity', 'linear'],
    ['activation=lrelu', 'leaky-relu'],
    ['optimizer=SGD with momentum', 'momentum'],
    ['optimizer=sgd+momentum', 'momentum'],
    ['optimizer=NAG', 'nesterov'],
    ['loss=crossentropy', 'softmax-cross-entropy'],
    ['loss=sparse_categorical_crossentropy', 'softmax-cross-entropy'],
    ['loss=bce', 'sigmoid-cross-entropy'],
    ['loss=mse', 'squared-error'],
    ['init=glorot', 'xavier'],
    ['init=kaiming', 'he'],
    ['schedule=cosine annealing', 'cosine'],
    ['data=blobs', 'gaussians'],
    ['batchSize=all', 'full'],
    ['activation=rleu', 'relu'],
  ])('suggest what another library calls so: %s', (word, meant) => {
    expect(message(() => build(word))).toContain(` Did you mean "${meant}"?`);
  });

  it('bug: a kind that is called as what every object inherits failed without saying which there are', () => {
    for (const name of ['constructor', 'toString', '__proto__'])
      expect(message(() => build(`optimizer.name=${name}`))).toContain(`unknown optimizer "${name}". Allowed: sgd, `);
  });

  it('suggest only names that there are', () => {
    for (const [path, names] of Object.entries(OTHER_NAMES))
      for (const [name, others] of Object.entries(names)) {
        expect(wordsAt(path), path).toContain(name);
        expect(wordsAt(path).filter((word) => others?.includes(word))).toEqual([]);
      }
  });

  it('take a word in other capitals and with other hyphens', () => {
    const [config] = build('activation=LeakyReLU', 'optimizer=Adam', 'loss=softmax_cross_entropy', 'batchSize=Full');
    expect(config).toMatchObject({
      model: { activation: 'leaky-relu' },
      optimizer: { name: 'adam' },
      loss: { name: 'softmax-cross-entropy' },
      batchSize: 'full',
    });
    expect(build('loss.stable=True')[0]?.loss).toMatchObject({ stable: true });
  });

  it.each([
    ['.1', 0.1],
    ['1.', 1],
    ['+1', 1],
    ['1e-3', 0.001],
    ['1.E-3', 0.001],
    ['+.5e-2', 0.005],
    ['1,5', 1],
  ])('read the number %s as people write it', (text, lr) => {
    expect(build(`optimizer.lr=${text}`)[0]?.optimizer.lr).toBe(lr);
  });

  it.each([
    ['optimizer.lr=1_000', 'optimizer.lr: expected a number, got "1_000"; write 1000'],
    ['optimizer.lr=0.1，0.01', 'optimizer.lr: expected a number, got "0.1，0.01"; write 0.1,0.01'],
    ['epochs=１０', 'epochs: expected a number, got "１０"; write 10'],
    ['optimizer.lr=1/3', 'optimizer.lr: expected a number, got "1/3"'],
    ['optimizer.lr=0x10', 'optimizer.lr: expected a number, got "0x10"'],
    ['optimizer.lr=01', 'optimizer.lr: expected a number, got "01"'],
  ])('refuse the number %s and say what to write', (word, said) => {
    expect(message(() => build(word))).toBe(said);
  });

  it('are refused in Chinese, too', () => {
    const said = (word: string): string => {
      try {
        build(word);
      } catch (error) {
        return (error as ConfigError).said.zh;
      }
      throw new Error('nothing was thrown');
    };
    expect(said('activation=silu')).toBe(
      'model.activation：得到的是 "silu"。是不是“swish”？可用的有：linear, sigmoid, tanh, relu, leaky-relu, elu, gelu, swish, softplus',
    );
    expect(said('lr=1_000')).toBe('optimizer.lr：应为数字，得到的是 "1_000"；请写作 1000');
    expect(said('optimzer.lr=1')).toBe('optimzer.lr：没有这个路径。是不是“optimizer.lr”？');
  });

  it('refuse a path that is given twice', () => {
    expect(message(() => build('epochs=1', 'epochs=2'))).toBe('epochs: is given twice');
  });

  it.each([
    ['optimizer.lr=0.01,0.010,1e-2', 'optimizer.lr: 0.01 is given twice in "0.01,0.010,1e-2"; name each value once'],
    ['batchSize=full,"full"', 'batchSize: "full" is given twice in "full,"full""; name each value once'],
    ['batchSize=16,1.6e1', 'batchSize: 16 is given twice'],
    ['data.noise=0,-0', 'data.noise: 0 is given twice'],
    ['data.noise=0,-.0', 'data.noise: 0 is given twice'],
    ['data.n=10,10.0', 'data.n: 10 is given twice'],
    ['optimizer.lr=0.1,0.10000000000000001', 'optimizer.lr: 0.1 is given twice'],
    ['model.hidden=[100],[100.0]', 'model.hidden: [100] is given twice'],
    ['model.activation=relu,tanh,relu', 'model.activation: "relu" is given twice'],
    ['data.path=a.csv,b.csv,"a.csv"', 'data.path: "a.csv" is given twice'],
  ])('refuse %s: equal values are one, however they are spelled', (word, start) => {
    expect(message(() => parseAssignment(word))).toContain(start);
  });

  it('take values that differ in the last digit as two', () => {
    expect(parseAssignment('optimizer.lr=0.99999,0.999999').values).toEqual([0.99999, 0.999999]);
    expect(parseAssignment('model.hidden=[100],[100,100]').values).toHaveLength(2);
    expect(Object.is(parseAssignment('data.noise=-0').values[0], 0)).toBe(true);
  });

  it('refuse a long list of seeds before it is made', () => {
    const many = Array.from({ length: 5000 }, (_, i) => `${i * 10_000}..${i * 10_000 + 9999}`).join(',');
    expect(message(() => parseIntegers('--seeds', many))).toBe(
      '--seeds: the list has more than 10000 values; split it over several commands',
    );
    expect(parseIntegers('--seeds', '0..9999')).toHaveLength(10_000);
    expect(message(() => parseIntegers('--seeds', '1,01'))).toContain('1 is given twice');
    expect(message(() => parseIntegers('--seeds', '0,-0'))).toContain('0 is given twice');
  });

  it('read whole numbers as lists and ranges', () => {
    expect(parseIntegers('--seeds', '1..3,7')).toEqual([1, 2, 3, 7]);
    expect(message(() => parseIntegers('--seeds', '5..1'))).toBe(
      '--seeds: the range "5..1" runs backwards; write 1..5',
    );
    expect(message(() => parseIntegers('--seeds', '1,1'))).toContain('1 is given twice');
    expect(message(() => parseIntegers('--seeds', 'one'))).toContain('expected whole numbers');
    expect(message(() => parseIntegers('--seeds', '1..99999999'))).toContain('more than 10000 values');
  });
});

describe('texts', () => {
  const file = (...words: string[]) => build('data.name=csv', 'data.path=d.csv', ...words).map(({ data }) => data);

  it('are no numbers, ranges or lists', () => {
    for (const label of ['1', '1..5', 'true', 'null', '[a]', "it's", 'a b'])
      expect(file(`data.label=${label}`)).toMatchObject([{ label }]);
    expect(file('data.label=a,b')).toMatchObject([{ label: 'a' }, { label: 'b' }]);
    expect(file('data.label="a,b",c')).toMatchObject([{ label: 'a,b' }, { label: 'c' }]);
  });

  it('are read as they were written, whatever is in them', () => {
    const rng = Rng.of(1);
    const characters = [...'ab1.,[]{}"\\\'=- \n\t温'];
    for (let round = 0; round < 500; round++) {
      const length = Math.floor(rng.uniform(0, 8));
      const label = Array.from({ length }, () => characters[Math.floor(rng.uniform(0, characters.length))]).join('');
      expect(parseAssignment(writeAssignment('data.label', label))).toEqual({ path: 'data.label', values: [label] });
    }
    expect(writeAssignment('data.label', 'petal width')).toBe('data.label=petal width');
    expect(writeAssignment('model.hidden', '[7,3]')).toBe('model.hidden=[7,3]');
    expect(writeAssignment('optimizer.lr', 0.1)).toBe('optimizer.lr=0.1');
  });

  it.each([
    [['data.name=csv'], 'data.path: expected a text, got nothing'],
    [['data.name=csv', 'data.path=""'], 'data.path: expected a text that is not empty, got ""'],
    [['data.name=csv', `data.path=${'x'.repeat(4097)}`], 'data.path: expected at most 4096 characters, got "xxx'],
    [['data.path=d.csv'], 'data.path: data "spiral" has no such field. It has: name, n, classes, noise'],
    [['data.name=csv', 'data.path=d', 'data.holdout=0'], 'data.holdout: expected more than 0, got 0'],
    [['data.name=csv', 'data.path=d', 'data.holdout=1'], 'data.holdout: expected less than 1, got 1'],
    [['data.name=csv', 'data.path=d', 'data.standardize=yes'], 'data.standardize: expected true or false, got "yes"'],
    [
      ['data.name=csv', 'data.path=d', 'data.sha256=abc'],
      'data.sha256: expected a SHA-256 as 64 digits of 0-9 and a-f',
    ],
    [['data.name=csv', 'data.path=d', 'data.n=5'], 'data.n: data "csv" has no such field. It has: name, path, label'],
  ])('%j are refused', (words, start) => {
    expect(message(() => build(...words))).toContain(start);
  });
});

describe('config', () => {
  it('refuses fields that it does not know', () => {
    expect(message(() => parseConfig({ ...base, epocs: 3 }))).toContain('unknown field epocs');
  });

  it('has one hash whatever the order of its fields', async () => {
    const reversed = Object.fromEntries(Object.entries(base).reverse()) as typeof base;
    expect(await configHash(reversed)).toBe(await configHash(base));
    expect(await configHash({ ...base, seed: 2 })).not.toBe(await configHash(base));
    // printf '%s' '{"a":[1,"x"],"b":null}' | sha256sum, computed with coreutils
    expect(canonicalJson({ b: null, a: [1, 'x'] })).toBe('{"a":[1,"x"],"b":null}');
  });

  it('has one hash wherever the file with these bytes lies and whatever it is called', async () => {
    const values = { 'data.name': 'csv', 'data.path': '/a/iris.csv', 'data.sha256': 'a'.repeat(64) };
    const hash = (more: object) => configHash(buildConfig(base, { ...values, ...more }));
    expect(await hash({ 'data.path': '/b/copy.csv' })).toBe(await hash({}));
    expect(await hash({ 'data.sha256': 'b'.repeat(64) })).not.toBe(await hash({}));
    expect(await hash({ 'data.label': 'kind' })).not.toBe(await hash({}));
    // Without a hash the path is all that is known of the data.
    expect(await hash({ 'data.sha256': '' })).not.toBe(await hash({ 'data.sha256': '', 'data.path': '/b/copy.csv' }));
  });

  it('flattens to the paths that assignments take', () => {
    const paths = flatten(base);
    expect(paths['model.hidden']).toBe('[100]');
    for (const [path, value] of Object.entries(paths)) {
      if (path === 'seed' || path === 'study') continue;
      expect(build(`${path}=${value}`)).toEqual([base]);
    }
  });
});
