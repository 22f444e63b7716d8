import { CustomChart, ParallelChart, ScatterChart } from 'echarts/charts';
import {
  BrushComponent,
  DataZoomComponent,
  GraphicComponent,
  GridComponent,
  MarkPointComponent,
  ParallelComponent,
  ToolboxComponent,
  TooltipComponent,
} from 'echarts/components';
import { connect, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { registerLineShape } from './line-shape.ts';

// Only the parts of ECharts that the charts use: the others would be a megabyte more. Loaded with the first chart.
use([
  CustomChart,
  ScatterChart,
  ParallelChart,
  GraphicComponent,
  GridComponent,
  ParallelComponent,
  TooltipComponent,
  DataZoomComponent,
  ToolboxComponent,
  BrushComponent,
  MarkPointComponent,
  CanvasRenderer,
]);

registerLineShape();

export { connect, init };
