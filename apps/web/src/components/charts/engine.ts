import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// Only what the line charts need; the rest of ECharts is a megabyte. Loaded when the first chart is drawn.
use([LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

export { init };
