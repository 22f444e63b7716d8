import { levelColours } from '#src/charts/colours.ts';
import type { LineGroup, LinePicture } from '#src/charts/line-picture.ts';
import { DASHES, type Look, type Stroke } from '#src/charts/looks.ts';
import type { Extent } from '#src/contract/curves.ts';
import { groupKey } from '#src/contract/outline.ts';
import type { Drawn } from '#src/live/chart-data.ts';

/** The curves of one of a chart's metrics. */
export interface ChartPart {
  readonly key: string;
  readonly name: string;
  readonly drawn: Drawn | null;
}

const STROKES = Object.keys(DASHES) as Stroke[];

/**
 * The picture of a chart's metrics, in the looks of the page's groups. Where several metrics are drawn of one group, they
 * have colours of their own; of several groups each keeps its colour, and metrics differ by their strokes.
 */
export function jointPicture(parts: readonly ChartPart[], groups: readonly LineGroup[]): LinePicture {
  const [first] = parts;
  if (first && parts.length === 1) return pictureOf(first.drawn, groups);
  const colours = levelColours(
    'metric',
    parts.map(({ key }) => key),
  );
  const lookOf = (key: string, at: number, { look }: LineGroup): Look =>
    groups.length === 1
      ? { colour: colours.get(key) ?? look.colour, stroke: 'solid' }
      : { colour: look.colour, stroke: STROKES[at % STROKES.length] as Stroke };
  const nameOf = (name: string, of: string) => (groups.length === 1 ? name : `${of} · ${name}`);
  const pictures = parts.map(({ key, name, drawn }, at) => {
    const { groups: drawnGroups, runs } = pictureOf(drawn, groups);
    return {
      groups: drawnGroups.map((group) => ({
        ...group,
        id: `${key} ${group.id}`,
        name: nameOf(name, group.name),
        look: lookOf(key, at, group),
      })),
      runs: runs.map((run) => ({
        ...run,
        id: `${key} ${run.id}`,
        name: nameOf(name, run.name),
        group: at * groups.length + run.group,
      })),
    };
  });
  return { groups: pictures.flatMap(({ groups }) => groups), runs: pictures.flatMap(({ runs }) => runs) };
}

/** The picture of one metric. */
function pictureOf(drawn: Drawn | null, groups: readonly LineGroup[]): LinePicture {
  const means = new Map(drawn?.groups.map((group) => [groupKey(group.levels), group]));
  const places = new Map(groups.map(({ id }, at) => [id, at]));
  return {
    groups: groups.map((group) => ({ ...group, mean: means.get(group.id) ?? null })),
    runs: (drawn?.runs ?? []).flatMap(({ runId, levels, ...run }) => {
      const group = places.get(groupKey(levels));
      return group === undefined ? [] : [{ ...run, id: runId, group }];
    }),
  };
}

/** What is there to see of all parts; null where there is nothing. */
export function jointExtent(parts: readonly Pick<ChartPart, 'drawn'>[]): Extent {
  return parts.reduce<Extent>((whole, { drawn }) => {
    const extent = drawn?.extent ?? null;
    if (!whole || !extent) return whole ?? extent;
    return [Math.min(whole[0], extent[0]), Math.max(whole[1], extent[1])];
  }, null);
}
