import { expect, it } from 'vitest';
import { damageReason, END_REASONS, endReasonIn } from '../src/index.ts';

it('why a run ended is said in Chinese where Whorl recorded it, and as recorded where something else did', () => {
  for (const { en, zh } of Object.values(END_REASONS)) {
    expect(endReasonIn('zh', en)).toBe(zh);
    expect(zh).toMatch(/^[^a-z]*[\u4e00-\u9fff][^a-z]*$/);
    expect(endReasonIn('en', en)).toBe(en);
  }
  // What records of earlier versions hold.
  expect(endReasonIn('zh', 'the process that trained it ended without a word')).toBe('训练它的进程未作说明就退出了');
  expect(endReasonIn('zh', 'CUDA out of memory')).toBe('CUDA out of memory');
});

it('what cannot be read of a run is said in Chinese, too, with its own reason behind', () => {
  const alone = damageReason(['config', 'status'], null);
  expect([endReasonIn('en', alone), endReasonIn('zh', alone)]).toEqual([
    'damaged in the record: config, status',
    '记录已损坏：config, status',
  ]);
  const both = damageReason(['config'], END_REASONS.died.en);
  expect([endReasonIn('en', both), endReasonIn('zh', both)]).toEqual([
    'damaged in the record: config; the process that trained it ended without a word',
    '记录已损坏：config；训练它的进程未作说明就退出了',
  ]);
});
