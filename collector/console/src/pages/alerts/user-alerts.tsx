import type { AlertDetail } from '@holdfast/collector/contract'
import { Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { alertsQuery } from '../../api/queries.ts'
import { AlertsLink } from '../../components/alerts-link.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const SHOWN = 5

/** What else there was about the user in 30 days. */
export const UserAlerts = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTranslation()
  const found = useInfiniteQuery(alertsQuery({ userId: alert.user.id, from: 'now-30d', sort: '-createdAt' }))
  const others = found.data?.pages.flatMap(({ items }) => items).filter(({ id }) => id !== alert.id) ?? []
  if (found.isError) return <ErrorState error={found.error} />
  if (found.isSuccess && others.length === 0) return <Text size="sm" c="dimmed">{t('alert.othersNone')}</Text>
  return (
    <Stack gap={6}>
      {others.slice(0, SHOWN).map((other) => <Text size="sm" component="div" key={other.id}><SeverityBadge severity={other.severity} /> <AlertsLink filter={{ from: 'all', userId: alert.user.id, alert: other.id }}>{other.headline}</AlertsLink> · {t(`status.${other.status}`)} · <Instant at={other.createdAt} /></Text>)}
      {others.length > SHOWN && <AlertsLink filter={{ from: 'all', userId: alert.user.id }}>{t('alert.othersAll', { count: others.length })}</AlertsLink>}
    </Stack>
  )
}
