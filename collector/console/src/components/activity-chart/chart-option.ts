// The bubble chart as data: one bubble a day and indicator. Raw activities would be a smear at a few thousand.
import type { UserChart } from '@holdfast/collector/contract'
import type { EChartsCoreOption } from 'echarts/core'
import { SEVERITIES, severityLooks, type Severity } from '../../theme/severity.ts'

export type ChartPoint = UserChart['points'][number]
export type Scheme = 'light' | 'dark'

export interface ChartWords {
  readonly y: string
  readonly none: string
  readonly severity: Readonly<Record<Severity, string>>
  readonly summary: string
  /** Lines of the tooltip. */
  readonly describe: (point: ChartPoint) => readonly string[]
}

const inks = {
  light: { text: '#3f474e', line: '#dde3e6', panel: '#ffffff', quiet: '#7a848c' },
  dark: { text: '#c3c8cd', line: '#333a41', panel: '#1f2429', quiet: '#8d979f' },
} as const

const NOON_MS = 43_200_000
const MIN_PX = 9
const MAX_PX = 44

/** Diameter of a bubble in px: its area grows with the events. */
export const bubbleSize = (events: number, mostEvents: number): number =>
  mostEvents <= 1 ? MIN_PX : MIN_PX + (MAX_PX - MIN_PX) * Math.sqrt(Math.max(0, Math.min(1, (events - 1) / (mostEvents - 1))))

const dayMs = (day: string): number => Date.parse(`${day}T00:00:00Z`)

interface Bubble {
  readonly value: readonly [number, number]
  readonly symbolSize: number
  readonly point: ChartPoint
}

/** @returns an option with one series a severity, worst drawn last, so that it lies on top */
export const chartOption = (chart: UserChart, scheme: Scheme, words: ChartWords): EChartsCoreOption => {
  const ink = inks[scheme]
  const most = Math.max(1, ...chart.points.map(({ events }) => events))
  const bubbles = (severity: Severity | undefined): readonly Bubble[] =>
    chart.points.filter((point) => point.severity === severity).map((point) => ({ value: [dayMs(point.day) + NOON_MS, point.score], symbolSize: bubbleSize(point.events, most), point }))
  const series = (name: string, symbol: string, color: string, data: readonly Bubble[]) => ({ type: 'scatter', name, symbol, data, itemStyle: { color, opacity: 0.78, borderColor: ink.panel, borderWidth: 1 }, emphasis: { scale: 1.15 } })
  const unscored = bubbles(undefined)
  return {
    animation: false,
    useUTC: true,
    aria: { enabled: true, label: { description: words.summary } },
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    grid: { left: 44, right: 20, top: 34, bottom: 30 },
    legend: { top: 0, right: 8, itemWidth: 14, itemHeight: 12, textStyle: { color: ink.text } },
    tooltip: {
      trigger: 'item', renderMode: 'richText', confine: true, backgroundColor: ink.panel, borderColor: ink.line, textStyle: { color: ink.text, fontSize: 12 },
      formatter: (item: { readonly data: Bubble }) => words.describe(item.data.point).join('\n'),
    },
    xAxis: { type: 'time', min: dayMs(chart.from), max: dayMs(chart.to) + 2 * NOON_MS, axisLabel: { color: ink.text, hideOverlap: true }, axisLine: { lineStyle: { color: ink.quiet } }, splitLine: { show: false } },
    yAxis: { type: 'value', name: words.y, min: 0, max: 100, interval: 20, nameTextStyle: { color: ink.text, align: 'right' }, axisLabel: { color: ink.text }, splitLine: { lineStyle: { color: ink.line } } },
    series: [
      ...(unscored.length === 0 ? [] : [series(words.none, 'emptyCircle', ink.quiet, unscored)]),
      ...SEVERITIES.toReversed().map((severity) => series(words.severity[severity], severityLooks[severity].symbol, severityLooks[severity].chart[scheme], bubbles(severity))),
    ],
  }
}
