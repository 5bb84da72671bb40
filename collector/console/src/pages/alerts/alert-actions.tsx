import type { AlertDetail } from '@holdfast/collector/contract'
import { Button, Group, Kbd, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../../api/queries.ts'
import { useKeys } from '../../app/keyboard/use-keys.ts'
import { useMay } from '../../app/permissions.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { CaseButton } from '../cases/case-button.tsx'
import { DismissDialog } from './dismiss-dialog.tsx'
import { useAlertDecision } from './use-alert-decision.tsx'

/** The decisions that its state allows, each on a key. */
export const AlertActions = ({ alert, dismissing, onDismissing }: { readonly alert: AlertDetail; readonly dismissing: boolean; readonly onDismissing: (dismissing: boolean) => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { data: me } = useQuery(meQuery())
  const { decide, pending } = useAlertDecision()
  const allowed = may('alert.triage')
  const open = alert.status === 'needs_review' || alert.status === 'confirmed'
  const mine = me !== undefined && alert.assignee?.id === me.accountId
  const confirm = (): void => decide(alert, { status: 'confirmed' })
  const assign = (): void => {
    if (me !== undefined) decide(alert, { assigneeId: mine ? null : me.accountId })
  }
  const idle = allowed && !dismissing && !pending
  useKeys(idle ? { e: assign, ...(alert.status === 'needs_review' ? { c: confirm } : {}), ...(open ? { d: () => onDismissing(true), r: () => decide(alert, { status: 'resolved' }) } : {}) } : {})
  if (!allowed) return <Text size="sm" c="dimmed">{t('alert.readOnly')}</Text>
  return (
    <Group gap="xs">
      {alert.status === 'needs_review' && <Button onClick={confirm} loading={pending} rightSection={<Kbd size="xs" aria-hidden="true">c</Kbd>}>{t('alert.confirm')}</Button>}
      {open && <Button variant="default" onClick={() => onDismissing(true)} rightSection={<Kbd size="xs" aria-hidden="true">d</Kbd>}>{t('alert.dismiss')}</Button>}
      {open && <Button variant="default" onClick={() => decide(alert, { status: 'resolved' })} rightSection={<Kbd size="xs" aria-hidden="true">r</Kbd>}>{t('alert.resolve')}</Button>}
      {!open && <Button variant="default" loading={pending} onClick={() => decide(alert, { status: 'needs_review' })}>{t('alert.reopen')}</Button>}
      <CaseButton alert={alert} caseId={alert.caseId} />
      <Button variant="subtle" color="gray" c="bright" onClick={assign} loading={pending} rightSection={<Kbd size="xs" aria-hidden="true">e</Kbd>}>{mine ? t('alert.unassign') : t('alert.assign')}</Button>
      <DismissDialog opened={dismissing} pending={pending} onClose={() => onDismissing(false)} onDismiss={(reason, note) => decide(alert, { status: 'dismissed', reason, note }, () => onDismissing(false))} />
    </Group>
  )
}
