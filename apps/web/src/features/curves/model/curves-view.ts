import { AXES, type Axis, isAxis, isViewRange, type ViewRange, writeRange } from '#src/contract/axes.ts';
import { LONGEST_SEARCH } from '#src/contract/metric-search.ts';
import { MOST_GROUPED } from '#src/contract/outline.ts';
import {
  checked,
  choiceField,
  flagField,
  listField,
  numberField,
  textField,
  Unreadable,
  type ViewField,
} from '#src/view/view-state.ts';

import { jointField } from './joint-charts.ts';

/** The lines of a chart: runs, means of groups, or both. `auto` decides by their number. */
export const LINES = ['auto', 'raw', 'mean', 'both'] as const;

/** The horizontal axis: `time`, or `by:train/epoch`. */
const axisField: ViewField<Axis> = {
  fallback: 'step',
  read: (text) => {
    if (!isAxis(text)) throw new Unreadable(`one of ${AXES.join(', ')}, or by: and a metric`);
    return text;
  },
  write: (axis) => axis,
};

/** The range in view; null for everything: `100~2500`. */
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

const names = listField([], 200);
/** The metrics without a prefix have a section without a name, which a list in the address cannot say. */
const UNNAMED = '\u2205';
const sectionsField: ViewField<readonly string[]> = {
  ...names,
  read: (text) => names.read(text).map((name) => (name === UNNAMED ? '' : name)),
  write: (value) => names.write(value.map((name) => (name === '' ? UNNAMED : name))),
};

/** The settings of charts of curves, as they are in the address. */
export const CURVES_VIEW = {
  x: axisField,
  logx: flagField(),
  logy: flagField(),
  /** Metrics whose axis the reader made linear where it would be logarithmic. */
  linear: listField([], 200),
  smooth: numberField(0, 0, 0.999),
  lines: choiceField(LINES, 'auto'),
  /** The metrics that have a chart; empty for the page's choice. */
  metrics: listField([], 200),
  /** The paths by which runs are grouped: empty for the page's choice, `none` for a single group. */
  groups: listField([], MOST_GROUPED),
  /** The groups that are hidden, by their names in the address. */
  hide: listField([], 1000),
  range: rangeField,
  clip: flagField(),
  /** What is searched in the keys of metrics, where these are in sections. */
  find: textField('', LONGEST_SEARCH),
  /** The charts that show several metrics. */
  joint: jointField,
  /** The metrics whose charts come first. */
  pins: listField([], 200),
  /** The sections that the reader opened or shut. */
  open: sectionsField,
  shut: sectionsField,
} as const;

/** `groups=none`: all runs are one group. */
export const NO_GROUPS = 'none';
