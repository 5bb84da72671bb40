import { Center, Loader, Text, VisuallyHidden } from '@mantine/core'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { type Bubble, type ChartMarker, type Step, stepFrom } from './chart-data.ts'
import { focusRing, isBubbleDatum, isMarkerDatum } from './chart-option.ts'

/** Less is a click. */
const DRAG_PX = 6
const STEPS: Readonly<Record<string, Step>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down', Home: 'first', End: 'last' }

export interface Stretch {
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

export interface ChartCanvasProps {
  readonly option: EChartsCoreOption
  readonly height: number
  readonly label: string
  readonly range: { readonly from: string; readonly to: string }
  /** In the order of the keyboard; empty in a view that has none. */
  readonly bubbles: readonly Bubble[]
  readonly say: (bubble: Bubble) => string
  readonly onSelect?: ((bubble: Bubble) => void) | undefined
  readonly onMarker?: ((marker: ChartMarker) => void) | undefined
  readonly onBrush?: ((stretch: Stretch | undefined) => void) | undefined
}

/** Loads ECharts when first shown, draws, and disposes of the drawing when it leaves. */
function useDrawing(option: EChartsCoreOption, onClick: (data: unknown) => void) {
  const holder = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<EChartsType>()
  const click = useRef(onClick)
  useEffect(() => {
    click.current = onClick
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
      drawn.on('click', ({ data }) => click.current(data))
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
  return { holder, chart }
}

const timeAt = (chart: EChartsType, x: number): number => chart.convertFromPixel({ xAxisIndex: 0 }, x)

/** The drawing, walked by arrow keys and brushed by dragging. */
export const ChartCanvas = ({ option, height, label, range, bubbles, say, onSelect, onMarker, onBrush }: ChartCanvasProps) => {
  const { t } = useTranslation()
  const hint = useId()
  const [focus, setFocus] = useState<string>()
  const [anchorMs, setAnchorMs] = useState<number>()
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>()
  const { holder, chart } = useDrawing(option, (data) => {
    if (isBubbleDatum(data)) {
      setFocus(data.bubble.key)
      onSelect?.(data.bubble)
    } else if (isMarkerDatum(data)) onMarker?.(data.marker)
  })
  const focused = bubbles.find(({ key }) => key === focus)
  useEffect(() => {
    chart?.setOption(focusRing(bubbles, focus, range))
  }, [chart, option, bubbles, focus, range])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = STEPS[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const next = stepFrom(bubbles, focus, step)
      setFocus(next?.key)
      if (next === undefined) return
      if (event.shiftKey && onBrush !== undefined) {
        const start = anchorMs ?? focused?.xMs ?? next.xMs
        setAnchorMs(start)
        onBrush({ fromMs: Math.min(start, next.xMs), toMs: Math.max(start, next.xMs) + 1 })
      } else setAnchorMs(undefined)
    } else if ((event.key === 'Enter' || event.key === ' ') && focused !== undefined) {
      event.preventDefault()
      onSelect?.(focused)
    } else if (event.key === 'Escape') {
      setFocus(undefined)
      setAnchorMs(undefined)
      onBrush?.(undefined)
    }
  }
  const xOf = (event: PointerEvent): number => event.clientX - (holder.current?.getBoundingClientRect().left ?? 0)
  const onPointerDown = (event: PointerEvent): void => {
    if (onBrush !== undefined && event.button === 0) setDrag({ from: xOf(event), to: xOf(event) })
  }
  const onPointerMove = (event: PointerEvent): void => {
    if (drag !== undefined) setDrag({ ...drag, to: xOf(event) })
  }
  const onPointerUp = (): void => {
    if (drag !== undefined && chart !== undefined && Math.abs(drag.to - drag.from) >= DRAG_PX) onBrush?.({ fromMs: timeAt(chart, Math.min(drag.from, drag.to)), toMs: timeAt(chart, Math.max(drag.from, drag.to)) })
    setDrag(undefined)
  }
  const dragging = drag !== undefined && Math.abs(drag.to - drag.from) >= DRAG_PX
  return (
    <div>
      <div
        // A widget with keys of its own: a screen reader passes the arrows on, and what they reach is said below.
        role="application" tabIndex={0} aria-label={label} aria-describedby={hint} data-chart={chart === undefined ? 'loading' : 'drawn'} style={{ position: 'relative', height, touchAction: 'pan-y' }} onKeyDown={onKeyDown}
        onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp} onPointerLeave={() => setDrag(undefined)}
      >
        <div ref={holder} style={{ height }} />
        {dragging && <div style={{ position: 'absolute', top: 26, bottom: 30, left: Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from), background: 'var(--mantine-color-anchor)', opacity: 0.18, pointerEvents: 'none' }} />}
        {chart === undefined && <Center pos="absolute" inset={0}><Loader size="sm" aria-label={t('chart.loading')} /></Center>}
      </div>
      <VisuallyHidden id={hint}>{t('picture.keys')}</VisuallyHidden>
      <Text size="sm" role="status" mih={22} data-chart-focus={focus}>{focused === undefined ? '' : say(focused)}</Text>
    </div>
  )
}
