import type { FleetNoticeView } from '@holdfast/collector/contract'
import { Anchor, Button, Checkbox, Group, Table, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { clearFleetNotice, fleetNoticesQuery } from '../../api/fleet.ts'
import { useMay } from '../../app/permissions.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const KINDS = ['device_silent', 'devices_silent', 'device_cloned', 'device_gap', 'device_program_changed', 'device_certificate', 'key_reused', 'enrolment_waiting', 'rollout_halted', 'upgrade_halted', 'rollout_done'] as const

/** What the fleet tells whoever runs it; on other pages only while there is something. */
export const FleetNotices = ({ quiet = false }: { readonly quiet?: boolean }) => {
  const { t } = useTranslation()
  const may = useMay()
  const client = useQueryClient()
  const [ended, setEnded] = useState(false)
  const notices = useQuery(fleetNoticesQuery(!ended))
  const clear = useMutation({ mutationFn: (notice: FleetNoticeView) => clearFleetNotice(notice.id), onSuccess: () => client.invalidateQueries({ queryKey: ['devices', 'notices'] }) })
  const rows = notices.data?.items ?? []
  if (quiet && rows.length === 0 && !ended) return null
  const label = (kind: string): string => {
    const known = KINDS.find((one) => one === kind)
    return known === undefined ? kind : t(`fleet.kind.${known}`)
  }
  return (
    <Panel title={t('fleet.notices')} actions={<Checkbox size="sm" label={t('fleet.showEnded')} description={t('fleet.showEndedHint')} checked={ended} onChange={(event) => setEnded(event.currentTarget.checked)} />}>
      {notices.isError && <ErrorState error={notices.error} onRetry={notices.refetch} />}
      {clear.isError && <ErrorState error={clear.error} />}
      {notices.isSuccess && rows.length === 0 ? <Text size="sm" c="dimmed">{t('fleet.noNotices')} {t('fleet.noticesIntro')}</Text> : !notices.isError && (
        <DataTable label={t('fleet.notices')} columns={[{ key: 'what', title: t('fleet.what') }, { key: 'since', title: t('fleet.since') }, { key: 'do', title: t('fleet.deal') }]} loading={notices.isPending}>
          {rows.map((notice) => (
            <Table.Tr key={notice.id}>
              <Table.Td><Group gap="xs"><StateBadge tone={notice.clearedAt === undefined ? 'bad' : 'quiet'}>{label(notice.kind)}</StateBadge>{notice.deviceId !== undefined && <Anchor component={Link} size="sm" to={`/devices/${encodeURIComponent(notice.deviceId)}`}>{t('fleet.openDevice')}</Anchor>}</Group><Text size="sm">{notice.detail}</Text><Text size="xs" c="dimmed">{t('device.fix')}: {notice.fix}</Text></Table.Td>
              <Table.Td><Instant at={notice.raisedAt} />{notice.clearedAt !== undefined && <Text size="xs" c="dimmed">{t('fleet.ended')}: <Instant at={notice.clearedAt} /></Text>}</Table.Td>
              <Table.Td>{notice.clearedAt === undefined && may('device.manage') && <Button size="compact-sm" variant="default" aria-label={t('fleet.clearOf', { detail: notice.detail })} loading={clear.isPending && clear.variables.id === notice.id} onClick={() => clear.mutate(notice)}>{t('fleet.clear')}</Button>}</Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
    </Panel>
  )
}
