import { type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

// Loaded when the first chart is saved as SVG. The chart types are registered by then.
use([SVGRenderer]);

/** A chart that is rendered as SVG text instead of on a canvas. */
export const initSvg = (width: number, height: number): EChartsType =>
  init(null, null, { renderer: 'svg', ssr: true, width, height });
