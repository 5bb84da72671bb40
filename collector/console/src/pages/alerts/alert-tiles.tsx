import { Group, SimpleGrid, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { alertStatisticsQuery } from '../../api/queries.ts'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { Tile } from '../../components/tile.tsx'
import { formatCount } from '../../format/numbers.ts'
import { formatDuration } from '../../format/time.ts'
import { SEVERITIES } from '../../theme/severity.ts'

/** What waits for a decision, worst first. */
export const AlertTiles = () => {
  const { t } = useTranslation()
  const { data } = useQuery(alertStatisticsQuery())
  const value = (count: number | undefined) => (count === undefined ? <Skeleton height={28} width={48} /> : formatCount(count))
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm" mb="md">
      {SEVERITIES.map((severity) => <Tile key={severity} label={<Group gap={6}><SeverityBadge severity={severity} />{t('alerts.toReview')}</Group>} value={value(data?.needsReview[severity])} />)}
      <Tile label={t('alerts.meanDecision')} value={data === undefined ? <Skeleton height={28} width={90} /> : data.meanDecisionSecs === undefined ? t('alerts.noDecision') : formatDuration(data.meanDecisionSecs)} />
    </SimpleGrid>
  )
}
