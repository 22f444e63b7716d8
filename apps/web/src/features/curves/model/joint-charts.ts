import { Unreadable, type ViewField } from '#src/view/view-state.ts';

/** The charts that show more than their own metric: each is that metric, and those drawn into its chart. */
export type JointCharts = readonly (readonly string[])[];

const MOST_CHARTS = 50;
/** More lines than this cannot be told apart by their colours. */
export const MOST_JOINT = 8;

const writeKey = (key: string) => key.replace(/~/g, '~t').replace(/,/g, '~c').replace(/\+/g, '~p');
const readKey = (text: string) => text.replace(/~p/g, '+').replace(/~c/g, ',').replace(/~t/g, '~');

/** Joint charts in the address: `train/loss+val/loss,…`. */
export const jointField: ViewField<JointCharts> = {
  fallback: [],
  read: (text) => {
    const charts = text === '' ? [] : text.split(',').map((chart) => chart.split('+').map(readKey));
    const isRight = charts.length <= MOST_CHARTS && charts.every(({ length }) => length > 1 && length <= MOST_JOINT);
    if (!isRight) throw new Unreadable(`at most ${MOST_CHARTS} charts of 2 to ${MOST_JOINT} metrics with + between`);
    return charts;
  },
  write: (charts) => charts.map((keys) => keys.map(writeKey).join('+')).join(','),
};

/** The metrics in the chart of a metric, that one first. */
export const metricsInChart = (charts: JointCharts, metric: string): readonly string[] =>
  charts.find(([first]) => first === metric) ?? [metric];

/** The charts after a metric was drawn into the chart of another, or taken out of it. */
export function withJoint(charts: JointCharts, metric: string, other: string, isJoint: boolean): JointCharts {
  const before = metricsInChart(charts, metric).filter((key) => key !== other || key === metric);
  const after = isJoint && other !== metric ? [...before, other].slice(0, MOST_JOINT) : before;
  const others = charts.filter(([first]) => first !== metric);
  return after.length > 1 ? [...others, after] : others;
}
