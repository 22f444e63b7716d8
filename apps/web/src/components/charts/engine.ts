import { CustomChart, LineChart, ParallelChart, ScatterChart } from 'echarts/charts';
import {
  BrushComponent,
  DataZoomComponent,
  GridComponent,
  MarkPointComponent,
  ParallelComponent,
  ToolboxComponent,
  TooltipComponent,
} from 'echarts/components';
import { connect, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// Only what the charts need; the rest of ECharts is a megabyte. Loaded when the first chart is drawn.
use([
  LineChart,
  CustomChart,
  ScatterChart,
  ParallelChart,
  GridComponent,
  ParallelComponent,
  TooltipComponent,
  DataZoomComponent,
  ToolboxComponent,
  BrushComponent,
  MarkPointComponent,
  CanvasRenderer,
]);

export { connect, init };
