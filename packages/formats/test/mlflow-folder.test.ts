import { describe, expect, it } from 'vitest';
import { mlflowReader, mlflowRunId } from '../src/index.ts';
import { expectSameHoweverCut, readWhole } from './reading.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const METRIC = '1700000001000 0.1 0\n1700000001001 nan 1\n1700000001002 -inf 5\n';

describe("a folder of MLflow's", () => {
  it('has metrics that give the same however they are cut', () => {
    expectSameHoweverCut(mlflowReader('metrics', 'train/loss'), encode(METRIC));
    // The last line of a file to which nobody writes any more.
    expectSameHoweverCut(mlflowReader('metrics', 'train/loss'), encode(METRIC.trimEnd()));
  });

  it('names a line that is no point, and reads lines of old files, which have no step', () => {
    const read = readWhole(mlflowReader('metrics', 'a'), encode(`${METRIC}what\n1700000001003 7\n`));
    expect(read.damage.map(({ offset }) => offset)).toEqual([METRIC.length]);
    expect(read.points.get('\na')).toMatchObject({
      steps: [0, 1, 5, 0],
      values: [0.1, Number.NaN, Number.NEGATIVE_INFINITY, 7],
    });
  });

  it('has a run where its meta.yaml is of one, and none of an experiment', () => {
    expect(mlflowRunId(encode('artifact_uri: file:///a\nrun_id: abc\nrun_uuid: abc\n'))).toBe('abc');
    expect(mlflowRunId(encode('artifact_uri: file:///a\nrun_uuid: old\n'))).toBe('old');
    expect(mlflowRunId(encode('artifact_location: file:///a\nexperiment_id: 0\n'))).toBeUndefined();
    expect(mlflowRunId(encode('a: [1'))).toBeUndefined();
  });

  it('names a meta.yaml that is none', () => {
    expect(readWhole(mlflowReader('meta', ''), encode('a: [1')).damage).toMatchObject([{ offset: 0 }]);
  });
});
