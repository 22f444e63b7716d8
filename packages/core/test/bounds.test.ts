import { describe, expect, it } from 'vitest';
import { boundsAt, buildConfig, ConfigError, trainingStudy } from '../src/index.ts';

const { defaults } = trainingStudy('spiral');

describe('the bounds of a number', () => {
  it('are those of the schema', () => {
    expect(boundsAt('seed')).toEqual({
      least: 0,
      most: Number.MAX_SAFE_INTEGER,
      above: false,
      below: false,
      whole: true,
    });
    expect(boundsAt('optimizer.lr')).toEqual({ least: 0, most: 1e6, above: true, below: false, whole: false });
    expect(boundsAt('model.dropout')).toMatchObject({ least: 0, above: false, below: true, whole: false });
    expect(() => boundsAt('optimizer.name')).toThrow('optimizer.name');
  });

  it.each(['seed', 'epochs', 'optimizer.lr', 'optimizer.weightDecay', 'data.noise', 'data.n', 'model.dropout'])(
    'let through what buildConfig takes, and nothing beyond: %s',
    (path) => {
      const { least, most, above, below, whole } = boundsAt(path);
      const more = whole ? 1 : 1e-6;
      const take = (value: number) => buildConfig(defaults, { [path]: value });
      take(above ? least + more : least);
      take(below ? most - more : most);
      expect(() => take(above ? least : least - more)).toThrow(ConfigError);
      expect(() => take(below ? most : most * 1.5)).toThrow(ConfigError);
    },
  );
});
