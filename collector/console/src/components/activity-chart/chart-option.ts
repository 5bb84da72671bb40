// The chart as data for ECharts. One bubble a day and indicator; single activities only where the range is short: raw
// activities would be a smear at a few thousand.
import type { UserChart } from '@holdfast/collector/contract'
import type { EChartsCoreOption } from 'echarts/core'
import { type Bubble, type ChartMarker, dayMs, type LOOKS, sequenceLines } from './chart-data.ts'
import { CATEGORIES, categoryLooks, levelLooks, LEVELS, type Look, markerLooks, type Scheme } from './looks.ts'

export type { ChartPoint } from './chart-data.ts'
export type { Scheme } from './looks.ts'

export interface ChartWords {
  readonly y: string
  readonly files: string
  readonly summary: string
  readonly nameOf: (group: string) => string
  /** Lines of the tooltip. */
  readonly describe: (bubble: Bubble) => readonly string[]
  readonly describeMarker: (marker: ChartMarker) => readonly string[]
  readonly describeDay: (day: string, files: number) => readonly string[]
}

export const inks = {
  light: { text: '#3f474e', line: '#dde3e6', panel: '#ffffff', quiet: '#6f7880', focus: '#111418', sequence: '#7a1f2b' },
  dark: { text: '#c3c8cd', line: '#333a41', panel: '#1f2429', quiet: '#9aa3ab', focus: '#ffffff', sequence: '#ffb3ab' },
} as const

const DAY_MS = 86_400_000
const MIN_PX = 9
const MAX_PX = 44
const FLAG_Y = 106
const TOP_Y = 110
/** Stands over the bubbles of a sequence. */
export const SEQUENCE_SYMBOL = 'pin'
/** About the width of the drawing; a day of a long range is narrow, and its bubbles must not bury their neighbours. */
const WIDTH_PX = 1000
const NEIGHBOURS = 2.4

/** Largest diameter in a range of so many days. */
export const largestPx = (days: number): number => Math.min(MAX_PX, Math.max(2 * MIN_PX, Math.round((NEIGHBOURS * WIDTH_PX) / days)))

/** Diameter of a bubble in px: its area grows with the events. */
export const bubbleSize = (events: number, mostEvents: number, largest = MAX_PX): number =>
  mostEvents <= 1 ? MIN_PX : MIN_PX + (largest - MIN_PX) * Math.sqrt(Math.max(0, Math.min(1, (events - 1) / (mostEvents - 1))))

const daysOf = ({ from, to }: Pick<UserChart, 'from' | 'to'>): number => Math.round((dayMs(to) - dayMs(from)) / DAY_MS) + 1

export interface ChartParts {
  readonly chart: Pick<UserChart, 'from' | 'to' | 'markers' | 'cumulative'>
  readonly bubbles: readonly Bubble[]
  readonly by: (typeof LOOKS)[number]
  readonly view: 'bubbles' | 'cumulative'
  readonly markers: readonly ChartMarker[]
}

type Datum = { readonly bubble: Bubble } | { readonly marker: ChartMarker } | { readonly cumulative: { readonly day: string; readonly files: number } }
export const isBubbleDatum = (data: unknown): data is { readonly bubble: Bubble } => typeof data === 'object' && data !== null && 'bubble' in data
export const isMarkerDatum = (data: unknown): data is { readonly marker: ChartMarker } => typeof data === 'object' && data !== null && 'marker' in data

function bubbleSeries({ bubbles, by, chart }: ChartParts, scheme: Scheme, words: ChartWords): readonly object[] {
  const ink = inks[scheme]
  const most = Math.max(1, ...bubbles.filter(({ kind }) => kind !== 'sequence').map(({ events }) => events))
  const groups: readonly (readonly [string, Look])[] = by === 'category' ? CATEGORIES.map((name) => [name, categoryLooks[name]] as const) : LEVELS.map((name) => [name, levelLooks[name]] as const)
  // The worst is drawn last, so that it lies on top.
  return groups.toReversed().flatMap(([group, look]) => {
    const own = bubbles.filter((bubble) => bubble.kind !== 'sequence' && (by === 'category' ? bubble.category : bubble.level) === group)
    if (own.length === 0) return []
    return [{
      type: 'scatter', id: `group ${group}`, name: words.nameOf(group), symbol: look.symbol, itemStyle: { color: look[scheme], opacity: 0.7, borderColor: look.symbol.startsWith('empty') ? look[scheme] : ink.panel, borderWidth: look.symbol.startsWith('empty') ? 1.5 : 1 }, emphasis: { scale: 1.1 }, z: 3,
      data: own.map((bubble) => ({ value: [bubble.xMs, bubble.y], symbolSize: bubbleSize(bubble.events, most, largestPx(daysOf(chart))), bubble })),
    }]
  })
}

function sequenceSeries(bubbles: readonly Bubble[], scheme: Scheme): readonly object[] {
  const color = inks[scheme].sequence
  const icons = bubbles.filter(({ kind }) => kind === 'sequence')
  if (icons.length === 0) return []
  return [
    ...sequenceLines(bubbles).map(({ sequence, path }) => ({ type: 'line', id: `line ${sequence.day} ${sequence.id}`, silent: true, symbol: 'none', lineStyle: { color, width: 1.5, type: 'dashed', opacity: 0.9 }, z: 2, data: path.map(([x, y]) => ({ value: [x, y] })) })),
    { type: 'scatter', id: 'sequences', symbol: SEQUENCE_SYMBOL, symbolSize: [22, 26], symbolOffset: [0, -8], itemStyle: { color, borderColor: inks[scheme].panel, borderWidth: 0.5 }, z: 6, data: icons.map((bubble) => ({ value: [bubble.xMs, bubble.y], bubble })) },
  ]
}

function markerSeries(markers: readonly ChartMarker[], scheme: Scheme, top: number, flags: number): readonly object[] {
  return markers.length === 0 ? [] : [
    {
      type: 'scatter', id: 'flags', z: 5, data: markers.map((marker) => ({ value: [Date.parse(marker.at), flags], symbol: markerLooks[marker.kind].symbol, symbolSize: 11, itemStyle: { color: markerLooks[marker.kind][scheme] }, marker })),
    },
    ...markers.map((marker, index) => ({ type: 'line', id: `flag line ${index}`, silent: true, symbol: 'none', z: 1, lineStyle: { color: markerLooks[marker.kind][scheme], width: 1, type: marker.kind === 'trigger' ? 'solid' : 'dotted', opacity: marker.kind === 'trigger' ? 0.9 : 0.55 }, data: [[Date.parse(marker.at), 0], [Date.parse(marker.at), top]] })),
  ]
}

function cumulativeSeries({ chart }: ChartParts, scheme: Scheme): { readonly series: readonly object[]; readonly top: number } {
  const { cumulative } = chart
  const last = cumulative.at(-1)
  const color = categoryLooks.exfiltration[scheme]
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, last?.files ?? 1))))
  const top = Math.max(5, Math.ceil(((last?.files ?? 0) * 1.15) / step) * step)
  const data = [
    { value: [dayMs(chart.from), 0] }, ...cumulative.map(({ day, files }) => ({ value: [dayMs(day) + DAY_MS / 2, files], cumulative: { day, files } })), ...(last === undefined ? [] : [{ value: [dayMs(chart.to) + DAY_MS, last.files] }]),
  ]
  return { top, series: [{ type: 'line', id: 'cumulative', step: 'end', symbol: 'circle', symbolSize: 7, showSymbol: true, z: 3, lineStyle: { color, width: 2 }, itemStyle: { color }, areaStyle: { color, opacity: 0.14 }, data }] }
}

/** @returns an option whose series carry their bubbles, markers or days as data */
export function chartOption(parts: ChartParts, scheme: Scheme, words: ChartWords): EChartsCoreOption {
  const ink = inks[scheme]
  const { chart, bubbles, view, markers } = parts
  const grown = view === 'cumulative' ? cumulativeSeries(parts, scheme) : undefined
  const top = grown?.top ?? TOP_Y
  const lines = (data: Datum): readonly string[] => ('bubble' in data ? words.describe(data.bubble) : 'marker' in data ? words.describeMarker(data.marker) : words.describeDay(data.cumulative.day, data.cumulative.files))
  return {
    animation: false,
    useUTC: true,
    aria: { enabled: true, label: { description: words.summary } },
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    grid: { left: 48, right: 24, top: 26, bottom: 30 },
    tooltip: {
      trigger: 'item', renderMode: 'richText', confine: true, backgroundColor: ink.panel, borderColor: ink.line, textStyle: { color: ink.text, fontSize: 12 },
      formatter: (item: { readonly data: unknown }) => (typeof item.data === 'object' && item.data !== null && ('bubble' in item.data || 'marker' in item.data || 'cumulative' in item.data) ? lines(item.data as Datum).join('\n') : ''),
    },
    xAxis: { type: 'time', min: dayMs(chart.from), max: dayMs(chart.to) + DAY_MS, axisLabel: { color: ink.text, hideOverlap: true }, axisLine: { lineStyle: { color: ink.quiet } }, splitLine: { show: false } },
    yAxis: {
      type: 'value', name: view === 'cumulative' ? words.files : words.y, min: 0, max: top, ...(view === 'cumulative' ? {} : { interval: 20 }), nameTextStyle: { color: ink.text, align: 'right' }, nameGap: 10,
      axisLabel: { color: ink.text, formatter: (value: number) => (view === 'bubbles' && value > 100 ? '' : String(value)) }, splitLine: { lineStyle: { color: ink.line }, showMaxLine: view === 'cumulative' },
    },
    series: [
      ...(grown === undefined ? [...bubbleSeries(parts, scheme, words), ...sequenceSeries(bubbles, scheme)] : grown.series),
      ...markerSeries(markers, scheme, top, view === 'cumulative' ? top * 0.965 : FLAG_Y),
      { type: 'scatter', id: 'focus', silent: true, z: 9, symbol: 'circle', itemStyle: { color: 'transparent', borderColor: ink.focus, borderWidth: 2.5 }, data: [] },
    ],
  }
}

/** A ring around the bubble that the keyboard stands on; to be merged into a drawn chart. */
export function focusRing(bubbles: readonly Bubble[], key: string | undefined, range: Pick<UserChart, 'from' | 'to'>): EChartsCoreOption {
  const found = bubbles.find((bubble) => bubble.key === key)
  const most = Math.max(1, ...bubbles.filter(({ kind }) => kind !== 'sequence').map(({ events }) => events))
  const size = found === undefined ? 0 : found.kind === 'sequence' ? 32 : bubbleSize(found.events, most, largestPx(daysOf(range))) + 8
  return { series: [{ id: 'focus', data: found === undefined ? [] : [{ value: [found.xMs, found.y], symbolSize: size, ...(found.kind === 'sequence' ? { symbolOffset: [0, -12] } : {}) }] }] }
}
