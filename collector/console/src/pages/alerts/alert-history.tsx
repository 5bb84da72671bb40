import type { AlertDetail } from '@holdfast/collector/contract'
import { Stack, Text } from '@mantine/core'
import { Instant } from '../../components/instant.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'

/** Who did what to the alert, newest first. */
export const AlertHistory = ({ history }: { readonly history: AlertDetail['history'] }) => {
  const { t } = useTranslation()
  if (history.length === 0) return <Text size="sm" c="dimmed">{t('alert.historyNone')}</Text>
  return (
    <Stack gap="xs" component="ol" m={0} pl="md">
      {history.toReversed().map((entry) => (
        <Text size="sm" component="li" key={`${entry.at} ${entry.what} ${entry.to ?? ''}`}>
          <Instant at={entry.at} /> · <b>{entry.actor}</b> · {humanise(entry.what)}
          {entry.to !== undefined && entry.what === 'case' && <> · <PageLink to={`/cases/${encodeURIComponent(entry.to)}`}>{t('alert.openCase')}</PageLink></>}
          {entry.to !== undefined && entry.what === 'assigned' && <> · {entry.to}</>}
          {entry.to !== undefined && entry.what !== 'case' && entry.what !== 'assigned' && <> · {entry.from === undefined ? '' : `${humanise(entry.from)} → `}{humanise(entry.to)}</>}
          {entry.note !== undefined && <Text size="sm" c="dimmed" component="div">{entry.note}</Text>}
        </Text>
      ))}
    </Stack>
  )
}
