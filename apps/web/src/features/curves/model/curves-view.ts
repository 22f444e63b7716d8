import { AXES, isViewRange, type ViewRange, writeRange } from '#src/contract/axes.ts';
import { checked, choiceField, flagField, listField, numberField, type ViewField } from '#src/view/view-state.ts';

/** What lines a chart has: one a run, one a group, or both; `auto` goes by how many there are. */
export const LINES = ['auto', 'raw', 'mean', 'both'] as const;

/** The least and most that can be in view, and nothing for everything: `100~2500`. */
const rangeField: ViewField<ViewRange | null> = {
  fallback: null,
  read: (text) => {
    if (text === '') return null;
    const [low = Number.NaN, high = Number.NaN, ...rest] = text.split('~').map(Number);
    const range: ViewRange = [low, high];
    return checked(range, rest.length === 0 && isViewRange(range), 'two numbers with ~ between, the smaller first');
  },
  write: (range) => (range ? writeRange(range) : ''),
};

/** The settings of charts of curves, as they are in the address. */
export const CURVES_VIEW = {
  x: choiceField(AXES, 'step'),
  logx: flagField(),
  logy: flagField(),
  /** Metrics of which a chart is linear that would be logarithmic. */
  linear: listField([], 200),
  smooth: numberField(0, 0, 0.999),
  lines: choiceField(LINES, 'auto'),
  /** The metrics that have a chart; the page's own choice where none is named. */
  metrics: listField([], 200),
  /** What runs are grouped by; the page's own choice where nothing is named, and `none` for one group. */
  groups: listField([], 16),
  /** The groups that are hidden, by their names in the address. */
  hide: listField([], 1000),
  range: rangeField,
  clip: flagField(),
} as const;

/** `groups=none`: all runs are one group. */
export const NO_GROUPS = 'none';
