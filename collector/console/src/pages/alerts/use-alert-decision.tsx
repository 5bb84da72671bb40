import type { AlertBulkRequest, AlertBulkResult, AlertPage, AlertPatch, AlertView } from '@holdfast/collector/contract'
import { Button, Group, List, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { changeAlert, changeAlerts, undoAlerts } from '../../api/mutations.ts'
import { isApiError } from '../../api/problem.ts'
import { hintOf } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { useLive } from '../../live/live-provider.tsx'

const UNDO_MS = 10_000
const PLAIN_MS = 4000
/** Failures that a message names one by one. */
const NAMED = 5

type Decision = Pick<AlertView, 'id' | 'revision'>

/** The pages with `changed` in its place: a decision never moves rows under the mouse. */
export const replaceRow = (pages: InfiniteData<AlertPage> | undefined, changed: Decision & Partial<AlertView>): InfiniteData<AlertPage> | undefined => {
  if (pages === undefined) return undefined
  // A detail holds more than a row; only the fields of a row that a decision changes are taken over.
  const merge = (row: AlertView): AlertView => {
    const { assignee: _assignee, dismissReason: _reason, dueAt: _due, ...rest } = row
    if (changed.status === undefined) return { ...row, revision: changed.revision }
    return {
      ...rest, status: changed.status, newData: changed.newData ?? row.newData, updatedAt: changed.updatedAt ?? row.updatedAt, overdue: changed.overdue ?? row.overdue, revision: changed.revision,
      ...(changed.assignee === undefined ? {} : { assignee: changed.assignee }), ...(changed.dismissReason === undefined ? {} : { dismissReason: changed.dismissReason }), ...(changed.dueAt === undefined ? {} : { dueAt: changed.dueAt }),
    }
  }
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map((row) => (row.id === changed.id ? merge(row) : row)) })) }
}

/** What is read anew after a change; the list only where rows may go. */
const useRefresh = (): ((options: { readonly list: boolean }) => void) => {
  const client = useQueryClient()
  return ({ list }) => {
    for (const queryKey of [['alerts', 'one'], ['alerts', 'statistics'], ['overview'], ['users'], ['saved-views'], ...(list ? [['alerts', 'list']] : [])]) void client.invalidateQueries({ queryKey })
  }
}

/** Tells of a change, with the button that takes it back on the server for ten seconds. */
const useNotice = () => {
  const { t } = useTranslation()
  const { announce } = useLive()
  const refresh = useRefresh()
  const failure = (error: Error): void => {
    notifications.show({ color: 'red', title: t('alert.failed'), message: `${error.message} ${t(`error.${hintOf(error)}`)}`, closeButtonProps: { 'aria-label': t('common.close') } })
  }
  const named = (failed: AlertBulkResult['failed']) => failed.length > 0 && (
    <>
      <Text size="sm">{t('alert.notChanged', { count: failed.length })}</Text>
      <List size="sm" data-failed>{failed.slice(0, NAMED).map(({ id, detail }) => <List.Item key={id}><span className="hf-code">{id.slice(0, 12)}</span> {detail}</List.Item>)}</List>
    </>
  )
  const tell = (title: string, result: Pick<AlertBulkResult, 'done' | 'failed' | 'undo'>): void => {
    const { undo, failed } = result
    const id = `decision-${undo?.operationId ?? crypto.randomUUID()}`
    const takeBack = async (): Promise<void> => {
      notifications.hide(id)
      for (const alertId of result.done) announce({ type: 'own-change', alertId })
      try {
        const back = await undoAlerts(undo?.operationId ?? '')
        notifications.show({ title: t('alert.undone', { count: back.done.length }), message: named(back.failed) || undefined, autoClose: PLAIN_MS, closeButtonProps: { 'aria-label': t('common.close') } })
      } catch (error) {
        failure(error as Error)
      }
      refresh({ list: true })
    }
    notifications.show({
      id, title, autoClose: failed.length > 0 ? false : undo === undefined ? PLAIN_MS : UNDO_MS, closeButtonProps: { 'aria-label': t('common.close') }, ...(failed.length > 0 ? { color: 'orange' } : {}),
      message: <>{named(failed)}{undo !== undefined && <Group><Button size="compact-xs" variant="default" onClick={() => void takeBack()}>{t('alert.undo')}</Button></Group>}</>,
    })
  }
  return { tell, failure }
}

/** Decides about one alert: sends the revision that was seen, updates what is on the screen, and offers an undo for ten seconds. */
export const useAlertDecision = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { announce } = useLive()
  const { tell, failure } = useNotice()
  const refresh = useRefresh()
  const mutation = useMutation({
    mutationFn: ({ alert, patch }: { readonly alert: Decision; readonly patch: AlertPatch }) => {
      announce({ type: 'own-change', alertId: alert.id })
      return changeAlert(alert.id, alert.revision, patch)
    },
    onSuccess: (changed, { patch }) => {
      client.setQueriesData<InfiniteData<AlertPage>>({ queryKey: ['alerts', 'list'] }, (pages) => replaceRow(pages, changed))
      refresh({ list: false })
      const title = 'status' in patch ? t(`alert.decided.${patch.status}`) : patch.assigneeId === null ? t('alert.givenBack') : t('alert.assignedTo', { name: changed.assignee?.name ?? '' })
      tell(title, { done: [changed.id], failed: [], ...(changed.undo === undefined ? {} : { undo: changed.undo }) })
    },
    onError: (error, { alert }) => {
      if (isApiError(error)) void client.invalidateQueries({ queryKey: ['alerts', 'one', alert.id] })
      failure(error)
    },
  })
  return { decide: (alert: Decision, patch: AlertPatch, onDone?: () => void) => mutation.mutate({ alert, patch }, { onSuccess: () => onDone?.() }), pending: mutation.isPending }
}

/** The same for many at once; those that could not be changed are named. */
export const useBulkDecision = () => {
  const { t } = useTranslation()
  const { announce } = useLive()
  const { tell, failure } = useNotice()
  const refresh = useRefresh()
  const mutation = useMutation({
    mutationFn: (request: AlertBulkRequest) => {
      for (const { id } of request.alerts ?? []) announce({ type: 'own-change', alertId: id })
      return changeAlerts(request)
    },
    onSuccess: (result, request) => {
      refresh({ list: true })
      tell(t(request.action === 'dismiss' ? 'alerts.bulk.dismissed' : request.assigneeId === null ? 'alerts.bulk.givenBack' : 'alerts.bulk.assigned', { count: result.done.length }), result)
    },
    onError: failure,
  })
  return { act: (request: AlertBulkRequest, onDone?: () => void) => mutation.mutate(request, { onSuccess: () => onDone?.() }), pending: mutation.isPending }
}
