import { Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { caseEventsQuery } from '../../../api/cases.ts'
import { useZone } from '../../../app/preferences.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { Instant } from '../../../components/instant.tsx'
import { MoreButton } from '../../../components/more-button.tsx'
import { Panel } from '../../../components/panel.tsx'
import { formatInstant } from '../../../format/time.ts'
import { humanise } from '../../../format/words.ts'
import { useTranslation } from '../../../i18n/translation.ts'

const KNOWN = ['opened', 'alert_added', 'assigned', 'due_date', 'renamed', 'contributor_added', 'contributor_removed', 'resolved', 'reopened', 'notice_queued', 'notice_sent', 'notice_failed', 'notice_unknown', 'notice_retried'] as const

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/
/** Ids that say nothing to a reader; what they mean stands in the same row. */
const UNSAID: ReadonlySet<string> = new Set(['link'])

/** Everything that was done in the case, newest first. */
export const HistoryTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation()
  const zone = useZone()
  const events = useInfiniteQuery(caseEventsQuery(caseId))
  const rows = events.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Panel title={t('case.tab.history')}>
      {events.isError && <ErrorState error={events.error} onRetry={events.refetch} />}
      {events.isSuccess && rows.length === 0 && <Text size="sm" c="dimmed">{t('case.history.none')}</Text>}
      <Stack component="ol" gap="xs" m={0} pl="md">
        {rows.map((event, index) => {
          const known = KNOWN.find((one) => one === event.what)
          return (
            <Text component="li" size="sm" key={`${index} ${event.at} ${event.what}`} style={{ overflowWrap: 'anywhere' }}>
              <Instant at={event.at} seconds /> · <b>{event.actor.name}</b> · {known === undefined ? humanise(event.what) : t(`case.history.what.${known}`)}
              {Object.keys(event.detail).length > 0 && <Text span size="sm" c="dimmed"> · {Object.entries(event.detail).filter(([key, value]) => value !== '' && !UNSAID.has(key)).map(([key, value]) => `${humanise(key)}: ${ISO_INSTANT.test(String(value)) ? formatInstant(String(value), zone) : value}`).join(' · ')}</Text>}
            </Text>
          )
        })}
      </Stack>
      {rows.length > 0 && <MoreButton pages={events} shown={rows.length} total={undefined} />}
    </Panel>
  )
}
