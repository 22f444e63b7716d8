import { graphic } from 'echarts/core';
import { LINE_SHAPE, type LineShape } from './line-series.ts';

/** Canvas draws badly with coordinates far outside of the picture. Lines are cut at this distance, with their slope kept. */
const FAR = 1000;

/** Registers {@link LineShape} with ECharts. A hundred lines take a tenth of the time that as many series would. */
export function registerLineShape(): void {
  const shape = graphic.extendShape({
    type: LINE_SHAPE,
    shape: { line: { places: new Float64Array(0), area: { x: 0, y: 0, width: 0, height: 0 } } },
    buildPath: (path, { line: { places, area } }: LineShape) => {
      let drawing = false;
      for (let i = 0; i < places.length; i += 2) {
        const up = Math.max(-FAR, Math.min(FAR, places[i + 1] as number));
        const x = area.x + (places[i] as number) * area.width;
        const y = area.y + (1 - up) * area.height;
        if (Number.isNaN(x) || Number.isNaN(y)) drawing = false;
        else if (drawing) path.lineTo(x, y);
        else {
          path.moveTo(x, y);
          drawing = true;
        }
      }
    },
  });
  graphic.registerShape(LINE_SHAPE, shape);
}
