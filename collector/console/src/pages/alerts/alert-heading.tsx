import type { AlertDetail } from '@holdfast/collector/contract'
import { Badge, Group } from '@mantine/core'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { Due } from './due.tsx'

/** Severity, score, state and clock on one line. */
export const AlertHeading = ({ alert, nowMs }: { readonly alert: AlertDetail; readonly nowMs: number }) => {
  const { t } = useTranslation()
  return (
    <Group gap="xs">
      <SeverityBadge severity={alert.severity} />
      <Badge variant="default" tt="none">{t('alert.scoreOf', { score: alert.score })}</Badge>
      <Badge variant="default" tt="none">{t(`status.${alert.status}`)}</Badge>
      <Due alert={alert} nowMs={nowMs} />
      {alert.newData && <Badge variant="default" tt="none">{t('alerts.newData')}</Badge>}
    </Group>
  )
}
