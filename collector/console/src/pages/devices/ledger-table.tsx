import type { DeviceDetail } from '@holdfast/collector/contract'
import { Table, Text } from '@mantine/core'
import { DataTable } from '../../components/data-table.tsx'
import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import { formatCount } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'

type Range = DeviceDetail['ledger'][number]

const tones: Readonly<Record<Range['kind'], Tone>> = { received: 'good', gap: 'warn', awaited: 'warn', unexplained: 'bad' }

/** Ranges of sequence numbers: received, missing with a reason, missing without one. */
export const LedgerTable = ({ ledger }: { readonly ledger: DeviceDetail['ledger'] }) => {
  const { t } = useTranslation()
  if (ledger.length === 0) return <Text size="sm" c="dimmed">{t('device.ledgerNone')}</Text>
  const columns = [{ key: 'epoch', title: t('device.epoch') }, { key: 'range', title: t('device.range') }, { key: 'count', title: t('device.count'), numeric: true }, { key: 'kind', title: t('device.kind') }, { key: 'reason', title: t('device.gapReason') }]
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">{t('device.ledgerHint')}</Text>
      <DataTable label={t('device.ledger')} columns={columns}>
        {ledger.map((range) => (
          <Table.Tr key={`${range.epoch} ${range.firstSeq}`} className="hf-mono">
            <Table.Td className="hf-code">{range.epoch.slice(0, 8)}</Table.Td><Table.Td>{formatCount(range.firstSeq)} – {formatCount(range.lastSeq)}</Table.Td><Table.Td ta="end">{formatCount(range.lastSeq - range.firstSeq + 1)}</Table.Td>
            <Table.Td><StateBadge tone={tones[range.kind]}>{t(`device.kinds.${range.kind}`)}</StateBadge></Table.Td><Table.Td>{range.reason === undefined ? '' : humanise(range.reason)}</Table.Td>
          </Table.Tr>
        ))}
      </DataTable>
    </>
  )
}
