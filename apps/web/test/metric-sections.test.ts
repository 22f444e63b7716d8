import { describe, expect, it } from 'vitest';
import { CURVES_VIEW } from '../src/features/curves/model/curves-view.ts';
import {
  areSectioned,
  FIRST_CHARTS,
  shownSections,
  withPin,
  withSection,
} from '../src/features/curves/model/metric-sections.ts';
import { readView, writeView } from '../src/view/view-state.ts';

const CHOICE = { find: '', pins: [], open: [], shut: [] } as const;
const outlineOf = (...metrics: string[]) => ({ metrics, once: [] as string[] });
const many = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const namesOf = ({ sections }: ReturnType<typeof shownSections>) =>
  sections.map(({ name, keys, isOpen }) => `${name} ${keys.length}${isOpen ? ' open' : ''}`);

describe('metrics in sections', () => {
  it('are those with prefixes, or very many; the few of a run of ours, and the measures of its layers, are not', () => {
    expect(areSectioned(outlineOf('accuracy', 'loss', ...many('gradientNorm.', 40)))).toBe(false);
    expect(areSectioned(outlineOf('train/loss', 'loss'))).toBe(true);
    expect(areSectioned(outlineOf(...many('metric', 13)))).toBe(true);
    expect(areSectioned({ metrics: ['loss', 'test/accuracy'], once: ['test/accuracy'] }), 'only a table has it').toBe(
      false,
    );
    expect(areSectioned(outlineOf('/', '/loss', 'loss/')), 'a slash alone makes no prefix').toBe(false);
  });

  it('put losses and accuracies first, machines last, and keep the order of the rest', () => {
    const outline = outlineOf(
      ...['layers/0/norm', 'lr', 'system/cpu', 'train/epoch', 'train/grad_norm', 'train/loss', 'val/accuracy'],
    );
    const { sections } = shownSections(outline, CHOICE);
    expect(sections.map(({ name, keys }) => [name, ...keys])).toEqual([
      ['train', 'train/loss', 'train/epoch', 'train/grad_norm'],
      ['val', 'val/accuracy'],
      ['', 'lr'],
      ['layers', 'layers/0/norm'],
      ['system', 'system/cpu'],
    ]);
  });

  it('are open as long as there is room, and as the reader says', () => {
    const outline = outlineOf(...many('a/', 2000), ...many('b/', 4), ...many('c/', 9), ...many('d/', 2));
    expect(FIRST_CHARTS).toBe(6);
    expect(namesOf(shownSections(outline, CHOICE))).toEqual(['a 2000 open', 'b 4 open', 'c 9 open', 'd 2']);
    const choice = { ...CHOICE, ...withSection(CHOICE, 'a', false) };
    expect(namesOf(shownSections(outline, choice))).toEqual(['a 2000', 'b 4 open', 'c 9 open', 'd 2']);
    const both = { ...choice, ...withSection(choice, 'd', true) };
    expect(both).toMatchObject({ open: ['d'], shut: ['a'] });
    expect({ ...both, ...withSection(both, 'a', true) }).toMatchObject({ open: ['d', 'a'], shut: [] });
  });

  it('show what a search finds, in whatever section, also what was measured once', () => {
    const outline = { metrics: ['a/loss', 'b/x', 'c/Loss_scale', 'c/y', 'final_loss'], once: ['final_loss'] };
    const found = shownSections(outline, { ...CHOICE, find: ' LOSS ', pins: ['b/x', 'c/Loss_scale'], shut: ['a'] });
    expect(found.pinned).toEqual(['c/Loss_scale']);
    expect(namesOf(found)).toEqual(['a 1', ' 1 open']);
    expect(shownSections(outline, { ...CHOICE, find: 'nothing' })).toEqual({ pinned: [], sections: [] });
  });

  it('have pinned metrics in front, once, in the order of the pins; what is not there is left out', () => {
    const pins = withPin(withPin(withPin([], 'b/x', true), 'a/x', true), 'gone', true);
    const { pinned, sections } = shownSections(outlineOf('a/x', 'a/y', 'b/x'), { ...CHOICE, pins });
    expect(pinned).toEqual(['b/x', 'a/x']);
    expect(sections.map(({ keys }) => keys)).toEqual([['a/y']]);
    expect(withPin(pins, 'a/x', false)).toEqual(['b/x', 'gone']);
  });

  it('are in the address, the one without a name as well', () => {
    const search = writeView(CURVES_VIEW, new URLSearchParams(), { open: ['', 'a,b'], shut: [''], pins: ['a/~x'] });
    const { view, bad } = readView(CURVES_VIEW, new URLSearchParams(search.toString()));
    expect(bad).toEqual([]);
    expect(view).toMatchObject({ open: ['', 'a,b'], shut: [''], pins: ['a/~x'] });
  });
});
