import { Skeleton, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { custodyQuery } from '../../api/evidence.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const EVENTS = ['captured', 'sent', 'received', 'verified', 'refuted', 'viewed', 'revealed', 'downloaded', 'exported', 'held', 'released', 'deleted'] as const

/** `{"reason":"case 14"}` as `reason: case 14`. */
const words = (detail: string): string => {
  try {
    return Object.entries(JSON.parse(detail) as Record<string, unknown>).filter(([, value]) => value !== '').map(([key, value]) => `${key}: ${String(value)}`).join(' · ')
  } catch {
    return detail
  }
}

/** What happened to a copy, from the capture on. */
export const CustodyDialog = ({ evidenceId, onClose }: { readonly evidenceId: string; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const custody = useQuery(custodyQuery(evidenceId))
  const columns = [{ key: 'at', title: t('content.custodyColumn.at') }, { key: 'what', title: t('content.custodyColumn.what') }, { key: 'who', title: t('content.custodyColumn.who') }, { key: 'detail', title: t('content.custodyColumn.detail') }]
  return (
    <Dialog opened onClose={onClose} title={t('content.custody')} size="xl">
      <Stack>
        <Text size="sm" c="dimmed">{t('content.custodyIntro')}</Text>
        {custody.isPending && <Skeleton height={160} aria-busy="true" />}
        {custody.isError && <ErrorState error={custody.error} onRetry={custody.refetch} />}
        {custody.data !== undefined && (
          <>
            <div><StateBadge tone={custody.data.chain.ok ? 'good' : 'bad'}>{custody.data.chain.ok ? t('content.chainOk', { count: custody.data.chain.events }) : t('content.chainBad', { problem: custody.data.chain.problem ?? '' })}</StateBadge></div>
            <Text size="sm">{custody.data.content.ok ? t('content.contentOk') : t('content.contentBad', { problem: custody.data.content.problem ?? '' })}</Text>
            <DataTable label={t('content.custody')} columns={columns}>
              {custody.data.events.map((event) => {
                const known = EVENTS.find((one) => one === event.what)
                return (
                  <Table.Tr key={event.n} style={{ verticalAlign: 'top' }}>
                    <Table.Td><Instant at={new Date(event.atMs).toISOString()} seconds /></Table.Td>
                    <Table.Td>{known === undefined ? event.what : t(`content.event.${known}`)}</Table.Td>
                    <Table.Td maw={160} style={{ overflowWrap: 'anywhere' }}>{event.actor}</Table.Td>
                    <Table.Td maw={300} style={{ overflowWrap: 'anywhere' }}><Text size="xs" className="hf-code">{words(event.detail)}</Text></Table.Td>
                  </Table.Tr>
                )
              })}
            </DataTable>
          </>
        )}
      </Stack>
    </Dialog>
  )
}
