import { Center, Loader } from '@mantine/core'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChartPoint } from './chart-option.ts'

const isBubble = (data: unknown): data is { readonly point: ChartPoint } => typeof data === 'object' && data !== null && 'point' in data

/** Draws an option; loads ECharts when first shown and disposes of the drawing when it leaves. */
export const ChartCanvas = ({ option, height, label, onSelect }: { readonly option: EChartsCoreOption; readonly height: number; readonly label: string; readonly onSelect?: ((point: ChartPoint) => void) | undefined }) => {
  const { t } = useTranslation()
  const holder = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<EChartsType>()
  const select = useRef(onSelect)
  useEffect(() => {
    select.current = onSelect
  })
  useEffect(() => {
    const element = holder.current
    if (element === null) return undefined
    let gone = false
    let drawn: EChartsType | undefined
    const resize = new ResizeObserver(() => drawn?.resize())
    const draw = async (): Promise<void> => {
      const { init } = await import('./echarts-parts.ts')
      if (gone) return
      drawn = init(element)
      drawn.on('click', ({ data }) => {
        if (isBubble(data)) select.current?.(data.point)
      })
      resize.observe(element)
      setChart(drawn)
    }
    void draw()
    return () => {
      gone = true
      resize.disconnect()
      drawn?.dispose()
      setChart(undefined)
    }
  }, [])
  useEffect(() => {
    chart?.setOption(option, { notMerge: true })
  }, [chart, option])
  return (
    <div style={{ position: 'relative', height }}>
      <div ref={holder} role="img" aria-label={label} style={{ height }} />
      {chart === undefined && <Center pos="absolute" inset={0}><Loader size="sm" aria-label={t('chart.loading')} /></Center>}
    </div>
  )
}
