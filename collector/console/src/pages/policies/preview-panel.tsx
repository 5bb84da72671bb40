import type { PolicyPreview } from '@holdfast/collector/contract'
import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../components/panel.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { formatCount } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import { SEVERITIES } from '../../theme/severity.ts'

/** What the policy would have done over the stored past. */
export const PreviewPanel = ({ preview, stale }: { readonly preview: PolicyPreview; readonly stale: boolean }) => {
  const { t } = useTranslation()
  const total = preview.alerts.low + preview.alerts.medium + preview.alerts.high
  return (
    <Panel title={t('preview.title')}>
      <Stack gap="xs" role="status">
        {stale && <Text size="sm" fw={600}>{t('preview.stale')}</Text>}
        <Text size="sm" c="dimmed">{t('preview.intro', { days: preview.days, users: formatCount(preview.users), activities: formatCount(preview.activities) })}</Text>
        <Text fw={600}>{total === 0 ? t('preview.none') : t('preview.would', { count: total })}</Text>
        {total > 0 && <Group gap="md">{SEVERITIES.map((severity) => <Group key={severity} gap={6}><SeverityBadge severity={severity} /><span className="hf-mono">{formatCount(preview.alerts[severity])}</span></Group>)}</Group>}
        {preview.topIndicators.length > 0 && <><Text size="sm" fw={600}>{t('preview.indicators')}</Text>{preview.topIndicators.map(({ indicator, users, events }) => <Text size="sm" key={indicator}>{humanise(indicator)} · {t('preview.events', { events: formatCount(events), users: formatCount(users) })}</Text>)}</>}
        {preview.examples.length > 0 && <><Text size="sm" fw={600}>{t('preview.examples')}</Text>{preview.examples.map(({ pseudonym, score, headline }) => <Text size="sm" key={pseudonym}><span className="hf-mono">{pseudonym} · {score}</span> · {headline}</Text>)}</>}
      </Stack>
    </Panel>
  )
}
