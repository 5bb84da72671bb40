import type { AlertPage, AlertPatch, AlertView } from '@holdfast/collector/contract'
import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { changeAlert } from '../../api/mutations.ts'
import { isApiError } from '../../api/problem.ts'
import { hintOf } from '../../components/error-state.tsx'
import { useLive } from '../../live/live-provider.tsx'

const UNDO_MS = 10_000

type Decision = Pick<AlertView, 'id' | 'revision'>

/** The pages with `changed` in its place: a decision never moves rows under the mouse. */
export const replaceRow = (pages: InfiniteData<AlertPage> | undefined, changed: Decision & Partial<AlertView>): InfiniteData<AlertPage> | undefined => {
  if (pages === undefined) return undefined
  // A detail holds more than a row; only the fields of a row are taken over.
  const merge = (row: AlertView): AlertView => ({ ...row, status: changed.status ?? row.status, newData: changed.newData ?? row.newData, updatedAt: changed.updatedAt ?? row.updatedAt, revision: changed.revision })
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map((row) => (row.id === changed.id ? merge(row) : row)) })) }
}

/** Decides about alerts: sends the revision that was seen, updates what is on the screen, and offers an undo for ten seconds. */
export const useAlertDecision = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { announce } = useLive()
  const mutation = useMutation({
    mutationFn: ({ alert, patch }: { readonly alert: Decision; readonly patch: AlertPatch }) => {
      announce({ type: 'own-change', alertId: alert.id })
      return changeAlert(alert.id, alert.revision, patch)
    },
    onSuccess: (changed, { alert, patch }) => {
      client.setQueriesData<InfiniteData<AlertPage>>({ queryKey: ['alerts', 'list'] }, (pages) => replaceRow(pages, changed))
      for (const queryKey of [['alerts', 'one', alert.id], ['alerts', 'statistics'], ['overview'], ['users']]) void client.invalidateQueries({ queryKey })
      const title = 'status' in patch ? t(`alert.decided.${patch.status}`) : t(patch.assigneeId === null ? 'alert.givenBack' : 'alert.assignedToMe')
      const id = `decision-${alert.id}-${changed.revision}`
      const undo = (): void => {
        notifications.hide(id)
        mutation.mutate({ alert: { id: alert.id, revision: changed.revision }, patch: { status: 'needs_review' } })
      }
      const canUndo = 'status' in patch && patch.status !== 'needs_review'
      notifications.show({ id, title, message: canUndo ? <Group><Button size="compact-xs" variant="default" onClick={undo}>{t('alert.undo')}</Button></Group> : undefined, autoClose: canUndo ? UNDO_MS : 4000, closeButtonProps: { 'aria-label': t('common.close') } })
    },
    onError: (error, { alert }) => {
      if (isApiError(error)) void client.invalidateQueries({ queryKey: ['alerts', 'one', alert.id] })
      notifications.show({ color: 'red', title: t('alert.failed'), message: `${error.message} ${t(`error.${hintOf(error)}`)}`, closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  return { decide: (alert: Decision, patch: AlertPatch, onDone?: () => void) => mutation.mutate({ alert, patch }, { onSuccess: () => onDone?.() }), pending: mutation.isPending }
}
