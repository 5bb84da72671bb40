import type { SavedViewView } from '@holdfast/collector/contract'
import { Button, Group } from '@mantine/core'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { alertsQuery, alertStatisticsQuery, savedViewsQuery } from '../../api/queries.ts'
import { useKeys } from '../../app/keyboard/use-keys.ts'
import { useMay } from '../../app/permissions.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { useLive } from '../../live/live-provider.tsx'
import { AlertDrawer } from './alert-drawer.tsx'
import { AlertFilters } from './alert-filters.tsx'
import { alertFilter, alertSearchParams, emptySearch, isFiltered, parseAlertSearch, searchOfView, type AlertSearch } from './alert-search.ts'
import { AlertTable } from './alert-table.tsx'
import { AlertTiles } from './alert-tiles.tsx'
import { BulkBar, chosenOf, MOST_AT_ONCE } from './bulk-bar.tsx'
import { readColumns, useColumns } from './columns.ts'
import { DismissDialog } from './dismiss-dialog.tsx'
import { NewsBar } from './news-bar.tsx'
import { QueueTools } from './queue-tools.tsx'
import { countOf, nothing, toggle, togglePage, type Selection } from './selection.ts'
import { useBulkDecision } from './use-alert-decision.tsx'

const CLOCK_MS = 60_000
const focusRow = (id: string): void => document.querySelector<HTMLElement>(`[data-alert-button="${CSS.escape(id)}"]`)?.focus()

/** The present, to the minute: clocks on the screen go on while nobody touches it. */
const useNow = (): number => {
  const [nowMs, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), CLOCK_MS)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}

/** Somebody who chose a view to begin with begins with it, unless the address asks for something. */
const useDefaultView = (raw: Record<string, unknown>, onView: (view: SavedViewView) => void): boolean => {
  const bare = Object.keys(raw).length === 0
  const [fresh, setFresh] = useState(bare)
  const views = useQuery({ ...savedViewsQuery('alerts'), enabled: fresh })
  const chosen = views.data?.items.find((view) => view.isDefault)
  useEffect(() => {
    if (!fresh || views.isPending) return
    setFresh(false)
    if (bare && chosen !== undefined) onView(chosen)
  }, [fresh, views.isPending, bare, chosen, onView])
  return fresh && views.isPending
}

/** The queue: dashboard, filters in the URL, table, what is done to many, and the drawer beside it. */
export const AlertsPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = useMay()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const search = parseAlertSearch(raw)
  const { announcements, announce } = useLive()
  const nowMs = useNow()
  const [columns, setColumns] = useColumns()
  const { data: statistics } = useQuery(alertStatisticsQuery())
  const useView = useCallback((view: SavedViewView): void => {
    if (view.columns !== undefined) setColumns(readColumns(view.columns))
    void navigate({ to: '/alerts', search: alertSearchParams(searchOfView(view.filter, view.sort)), replace: true })
  }, [navigate, setColumns])
  const waiting = useDefaultView(raw, useView)
  const alerts = useInfiniteQuery({ ...alertsQuery(alertFilter(search)), enabled: !waiting })
  const rows = alerts.data?.pages.flatMap(({ items }) => items) ?? []
  const shown = rows.map(({ id }) => id)
  const total = alerts.data?.pages[0]?.total
  const [cursor, setCursor] = useState<string>()
  const [selection, setSelection] = useState<Selection>(nothing)
  const [dismissing, setDismissing] = useState<Selection>()
  const { act, pending } = useBulkDecision()
  const triage = may('alert.triage')
  const marked = search.alert ?? cursor
  const at = rows.findIndex(({ id }) => id === marked)

  const change = (next: Partial<{ [Key in keyof AlertSearch]: AlertSearch[Key] | undefined }>): void => {
    setSelection(nothing)
    void navigate({ to: '/alerts', search: alertSearchParams({ ...search, ...next } as AlertSearch), replace: true })
  }
  const openAlert = (id: string): void => {
    setCursor(id)
    void navigate({ to: '/alerts', search: alertSearchParams({ ...search, alert: id }), replace: search.alert !== undefined })
  }
  const close = (): void => {
    const { alert: closed, ...rest } = search
    void navigate({ to: '/alerts', search: alertSearchParams(rest) })
    if (closed === undefined) return
    setCursor(closed)
    setTimeout(() => focusRow(closed), 0)
  }
  const step = (by: 1 | -1): void => {
    const next = rows[at === -1 ? 0 : at + by]
    if (next === undefined) {
      if (by === 1 && alerts.hasNextPage) void alerts.fetchNextPage()
      return
    }
    if (search.alert === undefined) {
      setCursor(next.id)
      focusRow(next.id)
    } else openAlert(next.id)
  }
  const show = useCallback((): void => {
    announce({ type: 'shown' })
    void client.invalidateQueries({ queryKey: ['alerts', 'list'] })
  }, [announce, client])
  /** What a key means: the chosen ones, or the marked one where none is chosen. */
  const meant = (): Selection => (countOf(selection) > 0 ? selection : marked === undefined || at === -1 ? nothing : { kind: 'some', ids: new Set([marked]) })
  const canDo = (some: Selection): boolean => countOf(some) > 0 && countOf(some) <= MOST_AT_ONCE && !pending
  const done = (): void => {
    setSelection(nothing)
    setDismissing(undefined)
  }
  const assign = (some: Selection, assigneeId: string | null): void => {
    if (canDo(some)) act({ action: 'assign', assigneeId, ...chosenOf(some, rows, search) }, done)
  }

  // An empty queue has no row that could move under the mouse.
  const empty = alerts.isSuccess && rows.length === 0
  // Where no alert was ever made no filter hides one.
  const never = statistics?.counts.every(({ count }) => count === 0) === true
  const news = announcements.created.length + announcements.changed.length
  useEffect(() => {
    if (empty && news > 0) show()
  }, [empty, news, show])

  const inQueue = search.alert === undefined && dismissing === undefined
  useKeys({
    ...(dismissing === undefined ? { j: () => step(1), k: () => step(-1) } : {}),
    ...(inQueue && cursor !== undefined && document.activeElement === document.body ? { Enter: () => openAlert(cursor) } : {}),
    ...(inQueue && triage && cursor !== undefined ? { x: () => setSelection(toggle(selection, cursor, shown)) } : {}),
    ...(inQueue && triage && canDo(meant()) ? { d: () => setDismissing(meant()), e: () => assign(meant(), 'me') } : {}),
    ...(inQueue && countOf(selection) > 0 ? { Escape: () => setSelection(nothing) } : {}),
  })

  return (
    <>
      <PageHeader title={t('alerts.title')}><Group gap="xs"><QueueTools search={search} columns={columns} onColumns={setColumns} onView={useView} /></Group></PageHeader>
      <AlertTiles />
      <NewsBar announcements={announcements} onShow={show} />
      <section className="hf-panel" aria-label={t('alerts.table')}>
        <AlertFilters search={search} onChange={change} />
        {triage && <BulkBar selection={selection} shown={rows.length} total={total} pending={pending} onAll={() => setSelection({ kind: 'matching', count: total ?? rows.length })} onClear={() => setSelection(nothing)} onDismiss={() => setDismissing(selection)} onAssign={(id) => assign(selection, id)} />}
        {alerts.isError && <ErrorState error={alerts.error} onRetry={alerts.refetch} />}
        {!alerts.isError && !empty && <AlertTable alerts={rows} loading={alerts.isPending} columns={columns} sort={search.sort} marked={marked} nowMs={nowMs} selection={triage ? selection : undefined} onSort={(sort) => change({ sort })} onOpen={openAlert} onToggle={(id) => { setCursor(id); setSelection(toggle(selection, id, shown)) }} onTogglePage={() => setSelection(togglePage(selection, shown))} />}
        {empty && (isFiltered(search) && !never
          ? <EmptyState title={t('alerts.filtered.title')} body={t('alerts.filtered.body')}><Button variant="default" onClick={() => void navigate({ to: '/alerts', search: alertSearchParams(emptySearch), replace: true })}>{t('common.clearFilters')}</Button></EmptyState>
          : <EmptyState title={t('alerts.never.title')} body={t('alerts.never.body')}><Button component={Link} to="/devices">{t('alerts.never.devices')}</Button><Button component={Link} to="/policies" variant="default">{t('alerts.never.policies')}</Button></EmptyState>)}
        {rows.length > 0 && <MoreButton pages={alerts} shown={rows.length} total={total} />}
      </section>
      <AlertDrawer alertId={search.alert} position={at === -1 ? undefined : { at: at + 1, total: total ?? rows.length }} onStep={step} onClose={close} />
      <DismissDialog opened={dismissing !== undefined} count={countOf(dismissing ?? nothing)} pending={pending} onClose={() => setDismissing(undefined)} onDismiss={(reason, note) => { if (dismissing !== undefined) act({ action: 'dismiss', reason, note, ...chosenOf(dismissing, rows, search) }, done) }} />
    </>
  )
}
