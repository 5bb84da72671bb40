import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { alertsQuery, alertStatisticsQuery } from '../../api/queries.ts'
import { useKeys } from '../../app/keyboard/use-keys.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useLive } from '../../live/live-provider.tsx'
import { AlertDrawer } from './alert-drawer.tsx'
import { AlertFilters } from './alert-filters.tsx'
import { alertFilter, alertSearchParams, isFiltered, parseAlertSearch, type AlertSearch } from './alert-search.ts'
import { AlertTable } from './alert-table.tsx'
import { AlertTiles } from './alert-tiles.tsx'
import { NewsBar } from './news-bar.tsx'

const focusRow = (id: string): void => document.querySelector<HTMLElement>(`[data-alert-button="${CSS.escape(id)}"]`)?.focus()

/** The queue: tiles, filters in the URL, table, and the drawer beside it. */
export const AlertsPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const search = parseAlertSearch(useSearch({ strict: false }))
  const { announcements, announce } = useLive()
  const [nowMs] = useState(Date.now)
  const { data: statistics } = useQuery(alertStatisticsQuery())
  const alerts = useInfiniteQuery(alertsQuery(alertFilter(search, nowMs)))
  const rows = alerts.data?.pages.flatMap(({ items }) => items) ?? []
  const total = alerts.data?.pages[0]?.total
  const [cursor, setCursor] = useState<string>()
  const marked = search.alert ?? cursor
  const at = rows.findIndex(({ id }) => id === marked)

  const change = (next: Partial<AlertSearch>): void => void navigate({ to: '/alerts', search: alertSearchParams({ ...search, ...next }), replace: true })
  const openAlert = (id: string): void => {
    setCursor(id)
    void navigate({ to: '/alerts', search: alertSearchParams({ ...search, alert: id }), replace: search.alert !== undefined })
  }
  const close = (): void => {
    const { alert: closed, ...rest } = search
    void navigate({ to: '/alerts', search: alertSearchParams(rest) })
    if (closed !== undefined) setTimeout(() => focusRow(closed), 0)
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

  // An empty queue has no row that could move under the mouse.
  const empty = alerts.isSuccess && rows.length === 0
  // Where no alert was ever made no filter hides one.
  const never = statistics?.counts.every(({ count }) => count === 0) === true
  const news = announcements.created.length + announcements.changed.length
  useEffect(() => {
    if (empty && news > 0) show()
  }, [empty, news, show])

  useKeys({ j: () => step(1), k: () => step(-1), ...(search.alert === undefined && cursor !== undefined && document.activeElement === document.body ? { Enter: () => openAlert(cursor) } : {}) })

  return (
    <>
      <PageHeader title={t('alerts.title')} />
      <AlertTiles />
      <NewsBar announcements={announcements} onShow={show} />
      <section className="hf-panel" aria-label={t('alerts.table')}>
        <AlertFilters search={search} onChange={change} />
        {alerts.isError && <ErrorState error={alerts.error} onRetry={alerts.refetch} />}
        {!alerts.isError && !empty && <AlertTable alerts={rows} loading={alerts.isPending} sort={search.sort} marked={marked} onSort={(sort) => change({ sort })} onOpen={openAlert} />}
        {empty && (isFiltered(search) && !never
          ? <EmptyState title={t('alerts.filtered.title')} body={t('alerts.filtered.body')}><Button variant="default" onClick={() => change({ severity: [], status: [], policy: [], range: 'all' })}>{t('common.clearFilters')}</Button></EmptyState>
          : <EmptyState title={t('alerts.never.title')} body={t('alerts.never.body')}><Button component={Link} to="/devices">{t('alerts.never.devices')}</Button><Button component={Link} to="/policies" variant="default">{t('alerts.never.policies')}</Button></EmptyState>)}
        {rows.length > 0 && <MoreButton pages={alerts} shown={rows.length} total={total} />}
      </section>
      <AlertDrawer alertId={search.alert} position={at === -1 ? undefined : { at: at + 1, total: total ?? rows.length }} onStep={step} onClose={close} />
    </>
  )
}
