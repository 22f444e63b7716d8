import { describe, expect, it } from 'vitest';
import { canBePlanned, isAnswerTo, isSameMetric } from '../src/features/compare/model/answered.ts';

describe('the answer of a comparison', () => {
  const answer = {
    metric: 'metrics.accuracy',
    by: ['optimizer.name', 'optimizer.lr'],
    goal: 'highest',
    margin: null,
  } as const;
  const question = { field: 'metrics.accuracy', by: ['optimizer.name', 'optimizer.lr'], goal: 'highest' } as const;

  it('is to the question of the address, and not to the one before', () => {
    expect(isAnswerTo(answer, question, null)).toBe(true);
    expect(isAnswerTo(answer, question, 0.1)).toBe(false);
    expect(isAnswerTo(answer, { ...question, goal: null }, null)).toBe(false);
    expect(isAnswerTo(answer, { ...question, field: 'metrics.accuracy.max' }, null)).toBe(false);
    expect(isAnswerTo(answer, { ...question, by: ['optimizer.lr', 'optimizer.name'] }, null)).toBe(false);
  });

  it('is added seeds to where there are levels that differ in nothing else', () => {
    const [level, verdict] = [{} as never, { kind: 'one-level' } as const];
    expect(canBePlanned({ levels: [level, level], confounds: [], verdict })).toBe(true);
    expect(canBePlanned({ levels: [level], confounds: [], verdict })).toBe(false);
    expect(canBePlanned({ levels: [level, level], confounds: ['model.init'], verdict })).toBe(false);
  });

  it('keeps the goal that was chosen while another part of the metric is asked for', () => {
    expect(isSameMetric('metrics.loss', 'metrics.loss.min')).toBe(true);
    expect(isSameMetric('metrics.loss', 'metrics.accuracy')).toBe(false);
  });
});
