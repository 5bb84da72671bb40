import type { EvidenceFile } from '@holdfast/collector/contract'
import { Table, Text, UnstyledButton } from '@mantine/core'
import { DataTable } from '../../components/data-table.tsx'
import { Instant } from '../../components/instant.tsx'
import { formatBytes } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import classes from './content.module.css'
import { ContentState } from './content-state.tsx'
import { DESTINATIONS } from './content-search.ts'

/** Files, newest first; the open one is marked. */
export const ContentTable = ({ files, open, loading, onOpen }: { readonly files: readonly EvidenceFile[]; readonly open: string | undefined; readonly loading: boolean; readonly onOpen: (activityId: string) => void }) => {
  const { t } = useTranslation()
  const columns = [{ key: 'name', title: t('content.column.name') }, { key: 'state', title: t('content.column.state') }, { key: 'at', title: t('content.column.at') }]
  const facts = (file: EvidenceFile): string => [file.fileType, formatBytes(file.sizeBytes), ...file.findings.map(({ type, count }) => t('content.found', { type: humanise(type), count }))].filter((text) => text !== '').join(' · ')
  return (
    <DataTable label={t('content.table')} columns={columns} loading={loading} minWidth={400}>
      {files.map((file) => (
        <Table.Tr key={file.activityId} className={classes['row'] ?? ''} style={{ verticalAlign: 'top' }} aria-current={file.activityId === open ? 'true' : undefined}>
          <Table.Td miw={170} maw={360} style={{ overflowWrap: 'anywhere' }}>
            <UnstyledButton className="hf-row-button" aria-label={t('content.open', { name: file.name })} onClick={() => onOpen(file.activityId)}>{file.name}</UnstyledButton>
            <Text size="xs">{facts(file)}</Text>
            {(file.evidence?.sha256 ?? file.sha256) !== undefined && <Text size="xs" c="dimmed" title={file.evidence?.sha256 ?? file.sha256}>{t('content.column.hash')} <span className="hf-code">{(file.evidence?.sha256 ?? file.sha256 ?? '').slice(0, 12)}</span></Text>}
            <Text size="xs" c="dimmed" className="hf-code" lineClamp={2}>{file.path.slice(0, Math.max(0, file.path.length - file.name.length - 1))}</Text>
          </Table.Td>
          <Table.Td><ContentState file={file} /></Table.Td>
          <Table.Td><Instant at={file.at} /><Text size="xs">{t(`content.destination.${DESTINATIONS.find((one) => one === file.destination) ?? 'unknown'}`)}</Text></Table.Td>
        </Table.Tr>
      ))}
    </DataTable>
  )
}
