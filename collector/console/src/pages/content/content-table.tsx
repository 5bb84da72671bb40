import type { EvidenceFile } from '@holdfast/collector/contract'
import { Table, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../components/data-table.tsx'
import { Instant } from '../../components/instant.tsx'
import { formatBytes } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import classes from './content.module.css'
import { ContentState } from './content-state.tsx'
import { DESTINATIONS } from './content-search.ts'

/** Files, newest first; the open one is marked. */
export const ContentTable = ({ files, open, loading, onOpen }: { readonly files: readonly EvidenceFile[]; readonly open: string | undefined; readonly loading: boolean; readonly onOpen: (activityId: string) => void }) => {
  const { t } = useTranslation()
  const columns = [{ key: 'name', title: t('content.column.name') }, { key: 'state', title: t('content.column.state') }, { key: 'size', title: t('content.column.size'), numeric: true }, { key: 'at', title: t('content.column.at') }, { key: 'to', title: t('content.column.to') }, { key: 'findings', title: t('content.column.findings') }]
  return (
    <DataTable label={t('content.table')} columns={columns} loading={loading} minWidth={620}>
      {files.map((file) => (
        <Table.Tr key={file.activityId} className={classes['row'] ?? ''} style={{ verticalAlign: 'top' }} aria-current={file.activityId === open ? 'true' : undefined}>
          <Table.Td maw={300} style={{ overflowWrap: 'anywhere' }}>
            <UnstyledButton className="hf-row-button" aria-label={t('content.open', { name: file.name })} onClick={() => onOpen(file.activityId)}>{file.name}</UnstyledButton>
            <Text size="xs" c="dimmed" className="hf-code" lineClamp={2}>{file.path.slice(0, Math.max(0, file.path.length - file.name.length - 1))}</Text>
          </Table.Td>
          <Table.Td><ContentState file={file} /></Table.Td>
          <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>{formatBytes(file.sizeBytes)}</Table.Td>
          <Table.Td><Instant at={file.at} /></Table.Td>
          <Table.Td>{t(`content.destination.${DESTINATIONS.find((one) => one === file.destination) ?? 'unknown'}`)}</Table.Td>
          <Table.Td><Text size="sm">{file.findings.map(({ type, count }) => t('content.found', { type: humanise(type), count })).join(', ')}</Text></Table.Td>
        </Table.Tr>
      ))}
    </DataTable>
  )
}
