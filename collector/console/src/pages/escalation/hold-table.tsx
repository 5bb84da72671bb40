import type { HoldView } from '@holdfast/collector/contract'
import { Anchor, Button, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { releaseHold } from '../../api/escalation.ts'
import { useMay } from '../../app/permissions.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Instant } from '../../components/instant.tsx'
import { UserName } from '../../components/user-name.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ReasonForm } from './reason-form.tsx'
import { useDeed } from './use-deed.tsx'

/** Holds with who, why and since when; released with a reason. */
export const HoldTable = ({ holds, loading }: { readonly holds: readonly HoldView[]; readonly loading: boolean }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { run, pending } = useDeed()
  const [releasing, setReleasing] = useState<HoldView>()
  const columns = [{ key: 'user', title: t('escalation.hold.user') }, { key: 'case', title: t('escalation.hold.case') }, { key: 'reason', title: t('escalation.reason') }, { key: 'by', title: t('escalation.by') }, { key: 'at', title: t('escalation.at') }, { key: 'released', title: t('escalation.hold.released') }]
  return (
    <>
      <DataTable label={t('escalation.hold.table')} columns={columns} loading={loading} minWidth={860}>
        {holds.map((hold) => (
          <Table.Tr key={hold.id}>
            <Table.Td><UserName user={hold.user} /></Table.Td>
            <Table.Td maw={220} style={{ overflowWrap: 'anywhere' }}>{hold.caseId === undefined ? '–' : <Anchor component={Link} size="sm" to={`/cases/${encodeURIComponent(hold.caseId)}`}>{hold.caseName ?? hold.caseId.slice(0, 16)}</Anchor>}</Table.Td>
            <Table.Td maw={300} style={{ overflowWrap: 'anywhere' }}>{hold.reason}</Table.Td><Table.Td>{hold.by.name}</Table.Td><Table.Td><Instant at={hold.at} /></Table.Td>
            <Table.Td maw={240}>{hold.releasedAt !== undefined ? <><Instant at={hold.releasedAt} /><Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{hold.releasedBy?.name}: {hold.releaseReason}</Text></> : may('hold.manage') ? <Button size="compact-sm" variant="default" aria-label={t('escalation.hold.releaseOf', { user: hold.user.pseudonym })} onClick={() => setReleasing(hold)}>{t('escalation.hold.release')}</Button> : '–'}</Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
      {releasing !== undefined && <ReasonForm title={t('escalation.hold.releaseTitle')} submit={t('escalation.hold.releaseSubmit')} pending={pending} onClose={() => setReleasing(undefined)} onReason={(reason) => run(() => releaseHold(releasing.id, reason), t('escalation.done'), () => setReleasing(undefined))} />}
    </>
  )
}
