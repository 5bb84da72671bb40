import '../../i18n/administration-texts.ts'
import type { DoctorView } from '@holdfast/collector/contract'
import { Anchor, Badge, Button, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { backupsQuery, doctorQuery } from '../../api/system.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { formatBytes } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'

const ORDER: Readonly<Record<DoctorView['checks'][number]['verdict'], number>> = { fail: 0, warn: 1, ok: 2 }
const COLOUR = { fail: 'red', warn: 'yellow', ok: 'green' } as const

const DoctorPanel = () => {
  const { t } = useTranslation()
  const { data, error, isPending, isFetching, refetch } = useQuery(doctorQuery())
  const checks = (data?.checks ?? []).toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict])
  return (
    <Panel title={t('system.doctor')} actions={<Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>{t('system.again')}</Button>}>
      {error !== null && <ErrorState error={error} />}
      <DataTable label={t('system.doctor')} loading={isPending} columns={[{ key: 'verdict', title: t('system.column.verdict') }, { key: 'name', title: t('system.column.check') }, { key: 'detail', title: t('system.column.detail') }, { key: 'fix', title: t('system.column.fix') }]}>
        {checks.map((check, index) => (
          <Table.Tr key={`${check.name} ${index}`}>
            <Table.Td><Badge miw="max-content" variant="outline" color={COLOUR[check.verdict]} c="var(--mantine-color-text)">{t(`system.verdict.${check.verdict}`)}</Badge></Table.Td>
            <Table.Td className="hf-mono">{check.name}</Table.Td><Table.Td>{check.detail}</Table.Td><Table.Td>{check.fix}</Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
    </Panel>
  )
}

const BackupsPanel = () => {
  const { t } = useTranslation()
  const { data, error, isPending } = useQuery(backupsQuery())
  return (
    <Panel title={t('system.backups')}>
      {error !== null && <ErrorState error={error} />}
      {data?.failure !== undefined && <Text size="sm" fw={600} mb="xs">{t('system.failed', { problem: data.failure.problem })} <Instant at={data.failure.at} /></Text>}
      {data?.restoredFrom !== undefined && <Text size="sm" mb="xs">{t('system.restored')} <Instant at={data.restoredFrom.backupMadeAt} /></Text>}
      {data !== undefined && data.backups.length === 0 ? <EmptyState title={t('system.noBackups')} body={t('system.noBackupsHint')} /> : (
        <DataTable label={t('system.backups')} loading={isPending} columns={[{ key: 'made', title: t('system.column.made') }, { key: 'size', title: t('system.column.size'), numeric: true }, { key: 'sealed', title: t('system.column.sealed') }, { key: 'drill', title: t('system.column.drill') }, { key: 'file', title: t('system.column.file') }]}>
          {(data?.backups ?? []).map((backup) => {
            const drill = data?.drills.find(({ backupId }) => backupId === backup.id)
            return (
              <Table.Tr key={backup.id}>
                <Table.Td><Instant at={backup.madeAt} /></Table.Td><Table.Td ta="end">{formatBytes(backup.bytes)}</Table.Td><Table.Td>{t(backup.sealed ? 'system.yes' : 'system.no')}</Table.Td>
                <Table.Td>{drill === undefined ? t('system.noDrill') : <>{t(drill.ok ? 'system.drillGood' : 'system.drillBad')} <Instant at={drill.at} /></>}</Table.Td><Table.Td className="hf-mono">{backup.file}</Table.Td>
              </Table.Tr>
            )
          })}
        </DataTable>
      )}
    </Panel>
  )
}

/** Whether the installation is well, and whether it could be brought back. */
export const SystemPage = () => {
  const { t } = useTranslation()
  return (
    <>
      <Anchor component={Link} to="/settings" size="sm">← {t('privacy.back')}</Anchor>
      <PageHeader title={t('system.title')} intro={t('system.intro')} />
      <Stack><DoctorPanel /><BackupsPanel /></Stack>
    </>
  )
}
