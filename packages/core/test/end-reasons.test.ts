import { expect, it } from 'vitest';
import { END_REASONS, endReasonIn } from '../src/index.ts';

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
