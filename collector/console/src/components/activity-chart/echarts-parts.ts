// The parts of ECharts that we draw with, in a chunk of their own that only a chart loads.
import { LineChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([ScatterChart, LineChart, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer])

export { init }
