import type { DataSet } from '../../data/data-set.ts';

const MARGIN = 1.15;

/** How far from 0 a picture of points in the plane reaches, in each direction. */
export const extentOf = ({ x }: Pick<DataSet, 'x'>): number =>
  MARGIN * x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Points of a grid, [side x side, 2], from -extent to extent; row 0 is y = extent, column 0 is x = -extent. */
export function planePoints(extent: number, side: number): Float32Array {
  const points = new Float32Array(side * side * 2);
  const at = (i: number) => extent * ((2 * i) / (side - 1) - 1);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      points[2 * (row * side + column)] = at(column);
      points[2 * (row * side + column) + 1] = -at(row);
    }
  }
  return points;
}
