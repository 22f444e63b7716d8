import { describe, expect, it } from 'vitest';
import { keptPosition, positionText, sectionInSight } from '../src/features/concepts/model/reading-position.ts';

describe('how far a page is read', () => {
  it('is kept as text and read back', () => {
    for (const position of [
      { section: 1, of: 1 },
      { section: 3, of: 11 },
      { section: 11, of: 11 },
    ]) {
      expect(keptPosition(positionText(position))).toEqual(position);
    }
  });

  it('is nothing where the text is none of ours, or tells of a section that cannot be', () => {
    for (const text of [null, '', '3', '0/4', '5/4', '-1/4', '1.5/4', '3/11 ', '3/111', 'NaN/NaN', '3/11/12']) {
      expect([text, keptPosition(text)]).toEqual([text, null]);
    }
  });

  it('is the last section whose heading has come to the upper quarter of the window', () => {
    expect(sectionInSight([600, 1200, 1800], 900, 5000)).toBeNull();
    expect(sectionInSight([224, 1200, 1800], 900, 5000)).toBe(1);
    expect(sectionInSight([-900, -20, 226], 900, 700)).toBe(2);
  });

  it('is the last section at the end of the page, however short that section is', () => {
    expect(sectionInSight([-1500, -900, 700], 900, 0.5)).toBe(3);
    expect(sectionInSight([], 900, 0)).toBeNull();
  });
});
