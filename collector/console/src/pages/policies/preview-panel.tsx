import type { PolicyPreview } from '@holdfast/collector/contract'
import { Group, Stack, Table, Text } from '@mantine/core'
import { DataTable } from '../../components/data-table.tsx'
import { Panel } from '../../components/panel.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { formatCount } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { SEVERITIES } from '../../theme/severity.ts'

const DAYS_SHOWN = 14

/** What the policy would have done over the stored past, and what it would have missed. */
export const PreviewPanel = ({ preview, stale }: { readonly preview: PolicyPreview; readonly stale: boolean }) => {
  const { t } = useTranslation()
  const total = preview.alerts.low + preview.alerts.medium + preview.alerts.high
  const days = preview.alertsPerDay.slice(-DAYS_SHOWN)
  return (
    <Panel title={t('preview.title')}>
      <Stack gap="xs" role="status">
        {stale && <Text size="sm" fw={600}>{t('preview.stale')}</Text>}
        <Text size="sm" c="dimmed">{t('preview.intro', { days: preview.days, users: formatCount(preview.users), inScope: formatCount(preview.inScope), activities: formatCount(preview.activities) })}</Text>
        <Text fw={600}>{total === 0 ? t('preview.none') : t('preview.would', { count: total })}</Text>
        {total > 0 && <Group gap="md">{SEVERITIES.map((severity) => <Group key={severity} gap={6}><SeverityBadge severity={severity} /><span className="hf-mono">{formatCount(preview.alerts[severity])}</span></Group>)}</Group>}
        {preview.confirmed.looked > 0 && <Text size="sm" fw={preview.confirmed.missed > 0 ? 600 : 400}>{t('preview.missed', { looked: formatCount(preview.confirmed.looked), missed: formatCount(preview.confirmed.missed) })}</Text>}
        {preview.confirmed.examples.map(({ alertId, pseudonym, score, wouldScore }) => <Text size="sm" key={alertId}><span className="hf-mono">{pseudonym}</span> · {t('preview.missedOne', { score, wouldScore })}</Text>)}
        {preview.limits.map((limit) => <Text size="sm" key={limit}>{limit}</Text>)}
        {preview.topIndicators.length > 0 && <><Text size="sm" fw={600}>{t('preview.indicators')}</Text>{preview.topIndicators.map(({ indicator, users, events }) => <Text size="sm" key={indicator}>{humanise(indicator)} · {t('preview.events', { events: formatCount(events), users: formatCount(users) })}</Text>)}</>}
        {preview.examples.length > 0 && <><Text size="sm" fw={600}>{t('preview.examples')}</Text>{preview.examples.map(({ pseudonym, score, headline }) => <Text size="sm" key={pseudonym}><span className="hf-mono">{pseudonym} · {score}</span> · {headline}</Text>)}</>}
      </Stack>
      {days.length > 0 && (
        <DataTable label={t('preview.perDay')} columns={[{ key: 'day', title: t('preview.day') }, ...SEVERITIES.map((key) => ({ key, title: t(`severity.${key}`), numeric: true }))]}>
          {days.map((row) => <Table.Tr key={row.day}><Table.Td className="hf-mono">{row.day}</Table.Td>{SEVERITIES.map((severity) => <Table.Td key={severity} ta="end" className="hf-mono">{formatCount(row[severity])}</Table.Td>)}</Table.Tr>)}
        </DataTable>
      )}
    </Panel>
  )
}
