import { describe, expect, it } from 'vitest';
import { placeFacts } from '../src/features/run/model/place-facts.ts';

const COMMIT = '8f0c2d1e5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d';

describe('where a run was trained', () => {
  it('is said by our runner', () => {
    const environment = { git: { commit: COMMIT, dirty: true }, host: 'box', os: 'Linux 6.1', cpu: 'x' };
    const { said, ...facts } = placeFacts(environment, {});
    expect(facts).toEqual({
      git: { commit: COMMIT, dirty: true, branch: null },
      script: null,
      command: null,
      user: null,
      host: 'box',
      os: 'Linux 6.1',
    });
    expect([...said].sort()).toEqual(['git', 'host', 'os']);
    expect(placeFacts({ git: null }, {})).toMatchObject({ git: 'none' });
    expect(placeFacts({}, {})).toMatchObject({ git: null });
  });

  it('bug: the commit, the command and the platform of a script that logs with our client were among the rest', () => {
    const environment = {
      client: 'node',
      platform: 'linux-x64',
      command: 'train.mjs --lr 1',
      commit: COMMIT,
      user: 'li',
    };
    const facts = placeFacts(environment, {});
    expect(facts).toMatchObject({
      git: { commit: COMMIT, dirty: null },
      command: 'train.mjs --lr 1',
      user: 'li',
      os: 'linux-x64',
    });
    expect(Object.keys(environment).filter((key) => !facts.said.has(key))).toEqual(['client']);
  });

  it('bug: what MLflow’s client says only in tags was shown nowhere', () => {
    const tags = {
      'mlflow.source.name': '/home/ada/train.py',
      'mlflow.user': 'ana',
      'mlflow.source.git.commit': COMMIT,
      'mlflow.source.git.branch': 'main',
    };
    expect(placeFacts({}, tags)).toMatchObject({
      git: { commit: COMMIT, dirty: null, branch: 'main' },
      script: '/home/ada/train.py',
      user: 'ana',
    });
    expect(placeFacts({ user: 'li', script: 'own.py' }, tags)).toMatchObject({ user: 'li', script: 'own.py' });
  });

  it('is silent about what is no text', () => {
    const odd = { git: 'a text', host: 3, user: ['a'], script: { a: 1 }, command: '', os: null };
    const facts = placeFacts(odd, { 'mlflow.user': 4 });
    expect(facts).toMatchObject({ git: null, host: null, user: null, script: null, command: null, os: null });
    expect(facts.said.size).toBe(0);
    expect(placeFacts({ git: { commit: 5 } }, {}).git).toBeNull();
  });
});
