import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  logPath,
  PROGRAM_IDS,
  plainCode,
  programLines,
  programOf,
  toExperimentName,
  toProgramId,
} from '../src/features/programs/model/programs.ts';

const place = { url: 'http://127.0.0.1:4123', guarded: false, experiment: 'my experiment' };

describe('what to add to a program', () => {
  it.each(PROGRAM_IDS)('%s: marks some lines as new and not all of them, and names this server', (id) => {
    const { shell, code } = programOf(id);
    const [commands, lines] = [shell(place), code(place)];
    if (lines !== null) {
      expect(lines.split('\n').filter((line) => !/^(?:\+|\+ .*| {2}.*)$/.test(line))).toEqual([]);
      expect(new Set(programLines(lines).map(({ added }) => added))).toEqual(new Set([true, false]));
      expect(plainCode(lines)).not.toMatch(/^\+/m);
    }
    expect(`${commands}${lines}`.includes(place.url)).toBe(id !== 'files');
  });

  it('passes the token on where the server has one, and says nothing of it elsewhere', () => {
    const said = (id: (typeof PROGRAM_IDS)[number], guarded: boolean) =>
      `${programOf(id).shell({ ...place, guarded })}\n${programOf(id).code({ ...place, guarded })}`;
    for (const id of PROGRAM_IDS.filter((id) => id !== 'files')) {
      expect(said(id, true)).toMatch(/WHORL_TOKEN/);
      expect(said(id, false)).not.toMatch(/TOKEN/);
    }
    expect(said('pytorch', true)).toContain('export MLFLOW_TRACKING_TOKEN="$WHORL_TOKEN"\n');
  });

  it('installs the client for Python by the name under which it is packed', () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../../packages/client/package.json', import.meta.url), 'utf8'),
    );
    expect(programOf('python').shell(place)).toContain(`pip install ${place.url}/whorl-${version}-py3-none-any.whl\n`);
  });

  it('reads what an address asks for', () => {
    expect([toProgramId('keras'), toProgramId('nothing'), toProgramId(null)]).toEqual(['keras', 'pytorch', 'pytorch']);
    const names = ['实验 1', ' ', 'a\nb', 'x'.repeat(501), null].map(toExperimentName);
    expect(names).toEqual(['实验 1', ...Array.from({ length: 4 }, () => 'my experiment')]);
    expect(logPath('node', 'my experiment')).toBe('/log?program=node');
    expect(logPath('node', 'a&b')).toBe('/log?program=node&experiment=a%26b');
  });

  it('quotes a name that would be something else in a shell, a script or a page', () => {
    const experiment = `a'b"c\\d $(touch x) \`touch y\` </script>`;
    const shell = programOf('transformers').shell({ ...place, experiment }) ?? '';
    const [, line = ''] = /^(export MLFLOW_EXPERIMENT_NAME=.*)$/m.exec(shell) ?? [];
    const heard = execFileSync('sh', ['-c', `${line}; printf %s "$MLFLOW_EXPERIMENT_NAME"`], { encoding: 'utf8' });
    expect(heard).toBe(experiment);
    const quoted = (id: 'pytorch' | 'python' | 'node' | 'browser') =>
      /(?:set_experiment\(|experiment[:=] ?)(".*?[^\\]")/.exec(
        programOf(id).code({ ...place, experiment }) ?? '',
      )?.[1] ?? '';
    for (const id of ['pytorch', 'python', 'node', 'browser'] as const) expect(JSON.parse(quoted(id))).toBe(experiment);
    expect(quoted('browser')).not.toContain('</script');
  });
});
