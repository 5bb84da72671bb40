import type { AlertView } from '@holdfast/collector/contract'
import { Text } from '@mantine/core'
import { StateBadge } from '../../components/state-badge.tsx'
import { formatDuration } from '../../format/time.ts'
import { useTranslation } from '../../i18n/translation.ts'

/** How long there is for a first decision, or how long it has been overdue; nothing once there is one. */
export const Due = ({ alert, nowMs }: { readonly alert: Pick<AlertView, 'dueAt'>; readonly nowMs: number }) => {
  const { t } = useTranslation()
  if (alert.dueAt === undefined) return null
  const secs = Math.round((Date.parse(alert.dueAt) - nowMs) / 1000)
  if (secs <= 0) return <span title={alert.dueAt}><StateBadge tone="bad">{t('alerts.overdueBy', { time: formatDuration(-secs) })}</StateBadge></span>
  return <Text span size="sm" title={alert.dueAt} style={{ whiteSpace: 'nowrap' }}>{t('alerts.dueIn', { time: formatDuration(secs) })}</Text>
}
