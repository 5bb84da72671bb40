import type { UserChart } from '@holdfast/collector/contract'
import { Anchor, Button, Group, MultiSelect, SegmentedControl, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { useMay } from '../../app/permissions.ts'
import { listOf, oneOf, textOf } from '../../app/search-params.ts'
import { utcDay } from '../../format/time.ts'
import { ActivityExplorer } from '../activity-explorer/activity-explorer.tsx'
import { ErrorState } from '../error-state.tsx'
import { Facts } from '../facts.tsx'
import { Instant } from '../instant.tsx'
import { Panel } from '../panel.tsx'
import { ActivityChart, type ChartLooks } from './activity-chart.tsx'
import type { Stretch } from './chart-canvas.tsx'
import { type Bubble, bubblesBetween, bubblesOf, type ChartFilter, type ChartMarker, LOOKS, REVIEWS, RISKS, VIEWS } from './chart-data.ts'
import { CATEGORIES } from './looks.ts'

const DAY_MS = 86_400_000
const MONTH_DAYS = 30
const RANGES = ['1', '3', '6', 'custom'] as const
const MOST_DAYS = 240

export interface ActivitySearch extends ChartLooks {
  readonly range: (typeof RANGES)[number]
  readonly from: string | undefined
  readonly to: string | undefined
  readonly filter: ChartFilter
}

const dayOf = (value: unknown): string | undefined => {
  const text = textOf(value)
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined
}

/** The address of a page with a chart; what is unknown in it falls back on what a fresh page shows. */
export const readActivitySearch = (raw: Record<string, unknown>): ActivitySearch => {
  const from = dayOf(raw['from'])
  const to = dayOf(raw['to'])
  const custom = from !== undefined && to !== undefined && from <= to && (Date.parse(to) - Date.parse(from)) / DAY_MS < MOST_DAYS
  return {
    range: custom ? 'custom' : oneOf(raw['range'], ['1', '3', '6'] as const, '3'), from: custom ? from : undefined, to: custom ? to : undefined, view: oneOf(raw['view'], VIEWS, 'bubbles'), by: oneOf(raw['by'], LOOKS, 'category'), asTable: raw['table'] === 'true',
    filter: { risk: oneOf(raw['risk'], RISKS, 'all'), categories: listOf(raw['category'], CATEGORIES), review: oneOf(raw['review'], REVIEWS, 'all') },
  }
}
/** The inverse; defaults are left out. */
export const writeActivitySearch = ({ range, from, to, view, by, asTable, filter }: ActivitySearch): Record<string, unknown> => ({
  range: range === '3' || range === 'custom' ? undefined : range, from: range === 'custom' ? from : undefined, to: range === 'custom' ? to : undefined, view: view === 'bubbles' ? undefined : view, by: by === 'category' ? undefined : by, table: asTable ? 'true' : undefined,
  risk: filter.risk === 'all' ? undefined : filter.risk, category: filter.categories, review: filter.review === 'all' ? undefined : filter.review,
})
/** Both inclusive. */
export const rangeOf = ({ range, from, to }: ActivitySearch, nowMs: number): { readonly from: string; readonly to: string } =>
  range === 'custom' && from !== undefined && to !== undefined ? { from, to } : { from: utcDay(nowMs - Number(range) * MONTH_DAYS * DAY_MS), to: utcDay(nowMs) }

/** What lies below the chart: of one bubble, or of a stretch of time. */
interface Chosen {
  readonly title: string
  readonly from: string
  readonly to: string
  readonly indicators?: readonly string[]
  readonly only?: readonly string[]
  readonly bubble?: Bubble
}

const lastMoment = (day: string): string => `${day}T23:59:59.999Z`

function useChosen(chart: UserChart | undefined, filter: ChartFilter, selected: Bubble | undefined, stretch: Stretch | undefined): Chosen | undefined {
  const { t } = useTranslation()
  return useMemo(() => {
    if (stretch !== undefined) {
      const from = utcDay(stretch.fromMs)
      const to = utcDay(stretch.toMs - 1)
      const count = chart === undefined ? 0 : bubblesBetween(bubblesOf(chart, filter), Date.parse(from), Date.parse(to) + DAY_MS).length
      return { title: t('picture.chosenRange', { from, to, count }), from: `${from}T00:00:00.000Z`, to: lastMoment(to) }
    }
    if (selected === undefined) return undefined
    if (selected.kind === 'sequence') {
      const days = [...selected.sequence.points.map(({ day }) => day), selected.day].toSorted()
      return { title: t('picture.chosenSequence', { label: selected.label, day: selected.day }), from: `${days[0] ?? selected.day}T00:00:00.000Z`, to: lastMoment(days.at(-1) ?? selected.day), indicators: [...new Set(selected.sequence.points.map(({ indicator }) => indicator))], bubble: selected }
    }
    const title = t('picture.chosenBubble', { label: selected.label, day: selected.day })
    if (selected.kind === 'event') return { title, from: selected.event.at, to: new Date(Date.parse(selected.event.at) + 1).toISOString(), bubble: selected }
    return { title, from: `${selected.day}T00:00:00.000Z`, to: lastMoment(selected.day), indicators: [selected.point.indicator], bubble: selected }
  }, [chart, filter, selected, stretch, t])
}

const BubbleFacts = ({ bubble }: { readonly bubble: Bubble }) => {
  const { t } = useTranslation()
  const alerts = bubble.kind === 'sequence' ? bubble.sequence.alertIds : []
  return (
    <Facts rows={[
      [t('chart.day'), bubble.day], [t('picture.category'), bubble.kind === 'sequence' ? t('picture.sequence') : t(`picture.categories.${bubble.category}`)], [t('chart.score'), `${Math.round(bubble.y)}${bubble.level === 'none' ? '' : ` · ${t(`severity.${bubble.level}`)}`}`],
      [bubble.kind === 'sequence' ? t('chart.files') : t('chart.events'), String(bubble.events)], [t('picture.steps'), bubble.kind === 'sequence' ? bubble.sequence.points.map(({ day, indicator }) => `${day} ${indicator}`).join(' → ') : undefined],
      [t('picture.alerts'), alerts.length === 0 ? undefined : <Group key="alerts" gap="xs">{alerts.map((id) => <Anchor key={id} component={Link} to={`/alerts/${encodeURIComponent(id)}`} size="sm" className="hf-code">{id}</Anchor>)}</Group>],
    ]} />
  )
}

/** Where a marker leads. */
const MarkerNote = ({ marker, onClose }: { readonly marker: ChartMarker; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const to = marker.alertId === undefined ? (marker.caseId === undefined ? (marker.policyId === undefined ? undefined : `/policies/${encodeURIComponent(marker.policyId)}`) : `/cases/${encodeURIComponent(marker.caseId)}`) : `/alerts/${encodeURIComponent(marker.alertId)}`
  return (
    <Group gap="sm" role="status">
      <Text size="sm"><b>{t(`picture.markers.${marker.kind}`)}</b> · <Instant at={marker.at} /> · {marker.text === '' ? marker.what : marker.text}{marker.score === undefined ? '' : ` · ${marker.score}`}</Text>
      {to !== undefined && <Anchor component={Link} to={to} size="sm">{t('picture.open')}</Anchor>}
      <Button size="compact-xs" variant="subtle" onClick={onClose}>{t('common.close')}</Button>
    </Group>
  )
}

const RangeControl = ({ search, shown, onSearch }: { readonly search: ActivitySearch; readonly shown: { readonly from: string; readonly to: string }; readonly onSearch: (next: ActivitySearch) => void }) => {
  const { t } = useTranslation()
  const custom = (next: Partial<{ from: string; to: string }>): void => {
    const { from, to } = { ...shown, ...next }
    if (from !== '' && to !== '' && from <= to) onSearch({ ...search, range: 'custom', from, to })
  }
  return (
    <Group gap="xs" align="flex-end">
      <SegmentedControl
        size="xs" aria-label={t('user.range')} value={search.range} data={RANGES.map((value) => ({ value, label: value === 'custom' ? t('picture.custom') : t(`user.months.m${value}`) }))}
        onChange={(value) => { const range = oneOf(value, RANGES, '3'); onSearch({ ...search, range, ...(range === 'custom' ? shown : { from: undefined, to: undefined }) }) }}
      />
      <TextInput key={`from ${shown.from}`} type="date" size="xs" aria-label={t('picture.from')} defaultValue={shown.from} max={shown.to} onBlur={(event) => event.currentTarget.value !== shown.from && custom({ from: event.currentTarget.value })} />
      <TextInput key={`to ${shown.to}`} type="date" size="xs" aria-label={t('picture.to')} defaultValue={shown.to} min={shown.from} onBlur={(event) => event.currentTarget.value !== shown.to && custom({ to: event.currentTarget.value })} />
    </Group>
  )
}

const Filters = ({ filter, onFilter }: { readonly filter: ChartFilter; readonly onFilter: (next: ChartFilter) => void }) => {
  const { t } = useTranslation()
  return (
    <Group gap="xs" align="flex-end">
      <Select size="xs" w={200} label={t('picture.risk')} allowDeselect={false} data={RISKS.map((value) => ({ value, label: t(`picture.risks.${value}`) }))} value={filter.risk} onChange={(value) => onFilter({ ...filter, risk: oneOf(value, RISKS, 'all') })} />
      <MultiSelect size="xs" w={240} label={t('picture.category')} placeholder={filter.categories.length === 0 ? t('alerts.filter.any') : ''} clearable data={CATEGORIES.map((value) => ({ value, label: t(`picture.categories.${value}`) }))} value={[...filter.categories]} onChange={(value) => onFilter({ ...filter, categories: listOf(value, CATEGORIES) })} />
      <Select size="xs" w={170} label={t('explorer.reviewStatus')} allowDeselect={false} data={REVIEWS.map((value) => ({ value, label: t(`picture.reviews.${value}`) }))} value={filter.review} onChange={(value) => onFilter({ ...filter, review: oneOf(value, REVIEWS, 'all') })} />
    </Group>
  )
}

export interface UserActivityProps {
  readonly userId: string
  readonly title: string
  readonly search: ActivitySearch
  readonly onSearch: (next: ActivitySearch) => void
  /** The answer for the range; or the chart itself, where it was made before and its range is fixed. */
  readonly asked?: Pick<UseQueryResult<UserChart>, 'data' | 'isError' | 'error' | 'refetch'>
  readonly chart?: UserChart
  readonly range: { readonly from: string; readonly to: string }
  /** Instead of the explorer, for who may not use it. */
  readonly list?: (range: { readonly from: string; readonly to: string }) => ReactNode
}

/** The whole screen of one user's time: range, filters, chart, and the activities of what is chosen. */
export const UserActivity = ({ userId, title, search, onSearch, asked, chart: given, range, list }: UserActivityProps) => {
  const { t } = useTranslation()
  const may = useMay()
  const chart = given ?? asked?.data
  const [selected, setSelected] = useState<Bubble>()
  const [stretch, setStretch] = useState<Stretch>()
  const [marker, setMarker] = useState<ChartMarker>()
  const below = useRef<HTMLDivElement>(null)
  const chosen = useChosen(chart, search.filter, selected, stretch)
  const show = (): void => void setTimeout(() => below.current?.scrollIntoView({ block: 'nearest' }), 0)
  const choose = (bubble: Bubble): void => {
    setStretch(undefined)
    setSelected(bubble)
    show()
  }
  const brush = (next: Stretch | undefined): void => {
    setSelected(undefined)
    setStretch(next)
  }
  const clear = (): void => {
    setSelected(undefined)
    setStretch(undefined)
  }
  const zoom = (): void => {
    if (stretch === undefined) return
    onSearch({ ...search, range: 'custom', from: utcDay(stretch.fromMs), to: utcDay(stretch.toMs - 1) })
    clear()
  }
  return (
    <Stack>
      <Panel title={title} actions={asked !== undefined && <RangeControl search={search} shown={range} onSearch={(next) => { clear(); onSearch(next) }} />}>
        <Stack gap="sm">
          <Filters filter={search.filter} onFilter={(filter) => onSearch({ ...search, filter })} />
          {chart === undefined && asked?.isError !== true && <Skeleton height={380} />}
          {asked?.isError === true && <ErrorState error={asked.error} onRetry={asked.refetch} />}
          {chart !== undefined && <ActivityChart chart={chart} height={340} filter={search.filter} looks={search} onLooks={(looks) => onSearch({ ...search, ...looks })} onSelect={choose} onMarker={setMarker} onBrush={brush} />}
          {marker !== undefined && <MarkerNote marker={marker} onClose={() => setMarker(undefined)} />}
        </Stack>
      </Panel>
      <div ref={below} data-chosen={chosen === undefined ? undefined : `${chosen.from} ${chosen.to}`}>
        {chosen === undefined ? <Text size="sm" c="dimmed">{t('picture.chooseHint')}</Text> : (
          <Panel title={chosen.title} actions={<Group gap="xs">{stretch !== undefined && asked !== undefined && <Button size="compact-sm" onClick={zoom}>{t('picture.zoom')}</Button>}<Button size="compact-sm" variant="default" onClick={clear}>{t('picture.clear')}</Button></Group>}>
            {chosen.bubble !== undefined && <BubbleFacts bubble={chosen.bubble} />}
            {may('activity.read') ? <ActivityExplorer key={`${chosen.from} ${chosen.to} ${chosen.indicators?.join() ?? ''}`} userId={userId} from={chosen.from} to={chosen.to} {...(chosen.indicators === undefined ? {} : { indicator: chosen.indicators })} /> : list?.({ from: chosen.from, to: chosen.to })}
          </Panel>
        )}
      </div>
    </Stack>
  )
}
