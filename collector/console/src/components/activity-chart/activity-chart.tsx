import type { UserChart } from '@holdfast/collector/contract'
import { Button, Group, SegmentedControl, Stack, Text, useComputedColorScheme } from '@mantine/core'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { oneOf } from '../../app/search-params.ts'
import { formatBytes, formatCount } from '../../format/numbers.ts'
import { EmptyState } from '../empty-state.tsx'
import { type Bubble, bubblesOf, busiestDay, type ChartFilter, type ChartMarker, everything, LOOKS, VIEWS } from './chart-data.ts'
import { ChartCanvas, type Stretch } from './chart-canvas.tsx'
import { chartOption, inks, SEQUENCE_SYMBOL } from './chart-option.ts'
import { ChartTable, CumulativeTable, MarkerTable } from './chart-table.tsx'
import { Legend, type LegendEntry } from './legend.tsx'
import { CATEGORIES, categoryLooks, levelLooks, LEVELS, MARKERS, markerLooks } from './looks.ts'

/** What of a chart stands in the address of its page. */
export interface ChartLooks {
  readonly view: (typeof VIEWS)[number]
  readonly by: (typeof LOOKS)[number]
  readonly asTable: boolean
}
const defaultLooks: ChartLooks = { view: 'bubbles', by: 'category', asTable: false }

export interface ActivityChartProps {
  readonly chart: UserChart
  readonly height?: number
  readonly filter?: ChartFilter
  /** Absent: the chart keeps them itself. */
  readonly looks?: ChartLooks
  readonly onLooks?: (looks: ChartLooks) => void
  readonly onSelect?: (bubble: Bubble) => void
  readonly onMarker?: (marker: ChartMarker) => void
  readonly onBrush?: (stretch: Stretch | undefined) => void
}

/** The words of a bubble, for the tooltip and for whoever cannot see it. */
export function useBubbleWords(): (bubble: Bubble) => readonly string[] {
  const { t } = useTranslation()
  return (bubble) => {
    const score = `${t('chart.score')} ${Math.round(bubble.y)}${bubble.level === 'none' ? '' : ` · ${t(`severity.${bubble.level}`)}`}`
    if (bubble.kind === 'sequence') return [`${t('picture.sequence')}: ${bubble.label}`, bubble.day, score, t('picture.sequenceFiles', { count: bubble.sequence.files })]
    const category = t(`picture.categories.${bubble.category}`)
    if (bubble.kind === 'event') return [bubble.label, bubble.event.at.replace('T', ' ').slice(0, 19), `${category} · ${score}`, formatBytes(bubble.event.bytes)]
    const { point } = bubble
    return [bubble.label, bubble.day, `${category} · ${score}`, `${t('picture.events', { count: point.events })} · ${formatCount(point.files)} ${t('chart.files')} · ${formatBytes(point.bytes)}`, ...(point.reviewedEvents > 0 ? [t('picture.reviewed', { count: point.reviewedEvents })] : [])]
  }
}

function useLegend(chart: UserChart, filter: ChartFilter, by: ChartLooks['by']): { readonly groups: readonly LegendEntry[]; readonly markers: readonly LegendEntry[] } {
  const { t } = useTranslation()
  return useMemo(() => {
    const all = bubblesOf(chart, filter, by)
    const singles = all.filter(({ kind }) => kind !== 'sequence')
    const groups: readonly LegendEntry[] = by === 'category'
      ? CATEGORIES.map((key) => ({ key, name: t(`picture.categories.${key}`), look: categoryLooks[key], count: singles.filter((bubble) => bubble.category === key).length }))
      : LEVELS.map((key) => ({ key, name: key === 'none' ? t('chart.none') : t(`severity.${key}`), look: levelLooks[key], count: singles.filter((bubble) => bubble.level === key).length }))
    const sequences = { key: 'sequences', name: t('picture.sequences'), look: { mark: '∞', symbol: SEQUENCE_SYMBOL, light: inks.light.sequence, dark: inks.dark.sequence }, count: all.length - singles.length }
    return {
      groups: [...groups, sequences].filter(({ count }) => count > 0),
      markers: MARKERS.map((key) => ({ key: `marker ${key}`, name: t(`picture.markers.${key}`), look: markerLooks[key], count: chart.markers.filter(({ kind }) => kind === key).length })).filter(({ count }) => count > 0),
    }
  }, [chart, filter, by, t])
}

/** In one or two sentences: how much, the strongest, the busiest day, what left, and sequences. */
function useSummary(chart: UserChart, bubbles: readonly Bubble[], view: ChartLooks['view']): string {
  const { t } = useTranslation()
  return useMemo(() => {
    const range = { from: chart.from, to: chart.to }
    const left = chart.cumulative.at(-1)
    if (view === 'cumulative') return left === undefined ? t('picture.summaryNothingLeft', range) : t('picture.summaryLeft', { ...range, count: left.files, bytes: formatBytes(left.bytes), days: chart.cumulative.length })
    const singles = bubbles.filter(({ kind }) => kind !== 'sequence')
    const top = singles.toSorted((a, b) => b.y - a.y)[0]
    const busiest = busiestDay(bubbles)
    if (top === undefined || busiest === undefined) return t('chart.summaryNone', range)
    const sequences = bubbles.length - singles.length
    return [
      t(chart.events === undefined ? 'picture.summary' : 'picture.summaryEvents', { ...range, count: singles.length }), t('picture.strongest', { label: top.label, day: top.day, score: Math.round(top.y) }), t('picture.busiest', { day: busiest.day, count: busiest.events, label: busiest.top }),
      ...(sequences === 0 ? [] : [t('picture.sequencesFound', { count: sequences })]),
    ].join(' ')
  }, [chart, bubbles, view, t])
}

/** One user's time at a glance, as bubbles, as a growing curve, or as a table with the same content. */
export const ActivityChart = ({ chart, height = 300, filter = everything, looks, onLooks, onSelect, onMarker, onBrush }: ActivityChartProps): ReactNode => {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme('light')
  const [own, setOwn] = useState(defaultLooks)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const { view, by, asTable } = looks ?? own
  const change = (next: Partial<ChartLooks>): void => (onLooks ?? setOwn)({ view, by, asTable, ...next })
  const describe = useBubbleWords()
  const bubbles = useMemo(() => bubblesOf(chart, filter, by, hidden), [chart, filter, by, hidden])
  const markers = useMemo(() => chart.markers.filter(({ kind }) => !hidden.has(`marker ${kind}`)), [chart, hidden])
  const legend = useLegend(chart, filter, by)
  const summary = useSummary(chart, bubbles, view)
  const option = useMemo(
    () => chartOption({ chart, bubbles, by, view, markers }, scheme, {
      y: t('chart.y'), files: t('picture.filesAxis'), summary, nameOf: (group) => group, describe,
      describeMarker: (marker) => [t(`picture.markers.${marker.kind}`), marker.at.slice(0, 16).replace('T', ' '), marker.text === '' ? marker.what : marker.text],
      describeDay: (day, files) => [day, t('picture.leftSoFar', { count: files })],
    }),
    // The words follow `t` alone.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [chart, bubbles, by, view, markers, scheme, summary, t],
  )
  const toggle = (key: string): void => {
    const next = new Set(hidden)
    if (!next.delete(key)) next.add(key)
    setHidden(next)
  }
  if (chart.points.length === 0 && chart.markers.length === 0) return <EmptyState title={t('chart.empty')} body={t('chart.summaryNone', { from: chart.from, to: chart.to })} />
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <SegmentedControl size="xs" aria-label={t('picture.view')} data={VIEWS.map((value) => ({ value, label: t(`picture.views.${value}`) }))} value={view} onChange={(value) => change({ view: oneOf(value, VIEWS, 'bubbles') })} />
          {view === 'bubbles' && <SegmentedControl size="xs" aria-label={t('picture.by')} data={LOOKS.map((value) => ({ value, label: t(`picture.looks.${value}`) }))} value={by} onChange={(value) => change({ by: oneOf(value, LOOKS, 'category') })} />}
        </Group>
        <Button variant="default" size="compact-sm" onClick={() => change({ asTable: !asTable })}>{asTable ? t('common.asChart') : t('common.asTable')}</Button>
      </Group>
      {chart.tooManyEvents === true && <Text size="sm" c="dimmed">{t('picture.tooMany')}</Text>}
      {asTable
        ? <>{view === 'cumulative' ? <CumulativeTable chart={chart} /> : <ChartTable bubbles={bubbles} onSelect={onSelect} />}{chart.markers.length > 0 && <MarkerTable chart={chart} />}</>
        : <ChartCanvas option={option} height={height} label={summary} range={chart} bubbles={view === 'bubbles' ? bubbles : []} say={(bubble) => describe(bubble).join(' · ')} onSelect={onSelect} onMarker={onMarker} onBrush={onBrush} />}
      {view === 'bubbles' && <Legend label={t('picture.legend')} entries={legend.groups} hidden={hidden} scheme={scheme} onToggle={toggle} />}
      {legend.markers.length > 0 && !asTable && <Legend label={t('picture.markersLegend')} entries={legend.markers} hidden={hidden} scheme={scheme} onToggle={toggle} />}
      <Text size="xs" c="dimmed" data-chart-summary>{summary}{asTable || onBrush === undefined ? '' : ` ${t('picture.brushHint')}`}</Text>
    </Stack>
  )
}
