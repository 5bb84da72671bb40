import type { DeviceDetail } from '@holdfast/collector/contract'
import { Stack, Table, Text } from '@mantine/core'
import { CodeBlock } from '../../components/code-block.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import { formatDecimal } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { DrillBadge } from './device-badges.tsx'

type Signal = NonNullable<DeviceDetail['lastDrill']>['signals'][number]

const tones: Readonly<Record<Signal['outcome'], Tone>> = { alerted: 'good', scored: 'good', stored: 'warn', kept: 'warn', missed: 'bad', not_done: 'warn', not_expected: 'quiet' }

/** Hundredths below ten seconds: a drill measures milliseconds, and a reader compares them. */
const seconds = (ms: number): string => formatDecimal(ms / 1000, ms < 10_000 ? 2 : 0)

const Time = ({ ms }: { readonly ms: number | undefined }) => {
  const { t } = useTranslation()
  return <Table.Td ta="end" className="hf-mono">{ms === undefined ? '–' : t('drill.seconds', { value: seconds(ms) })}</Table.Td>
}

const Why = ({ signal }: { readonly signal: Signal }) => {
  const { t } = useTranslation()
  if (!signal.confirmed) return <Text size="sm">{t('drill.unconfirmed')}</Text>
  return (
    <>
      {signal.reason}
      {signal.fix !== '' && <Text size="xs" c="dimmed">{t('device.fix')}: {signal.fix}</Text>}
      {signal.alert !== undefined && <Text size="xs" c="dimmed">{t('drill.would', { policy: signal.alert.policy, score: signal.alert.score })}</Text>}
    </>
  )
}

/** How soon harmless acts on the device were seen; or how to find out. */
export const DrillPanel = ({ device }: { readonly device: Pick<DeviceDetail, 'drill' | 'lastDrill'> }) => {
  const { t } = useTranslation()
  const { drill, lastDrill } = device
  const command = <CodeBlock text="sudo holdfast-agent drill" label={t('drill.title')} />
  if (lastDrill === undefined) return <Panel title={t('drill.title')} actions={<DrillBadge drill={drill} />}><Stack gap="xs"><Text size="sm">{t('drill.never')}</Text>{command}</Stack></Panel>
  const columns = [
    { key: 'signal', title: t('drill.signal') }, { key: 'outcome', title: t('drill.outcome') }, { key: 'durable', title: t('drill.durable'), numeric: true }, { key: 'stored', title: t('drill.stored'), numeric: true },
    { key: 'scored', title: t('drill.scored'), numeric: true }, { key: 'alerted', title: t('drill.alerted'), numeric: true }, { key: 'why', title: t('drill.why') },
  ]
  return (
    <Panel title={t('drill.title')} actions={<span><DrillBadge drill={drill} /> <Text span size="sm" c="dimmed"><Instant at={drill.at} /></Text></span>}>
      <Text size="sm" c="dimmed" mb="xs">{t('drill.intro')}</Text>
      {lastDrill.signals.length === 0 ? <Text size="sm">{t('drill.running')}</Text> : (
        <DataTable label={t('drill.title')} columns={columns} minWidth={860}>
          {lastDrill.signals.map((signal) => (
            <Table.Tr key={signal.kind}>
              <Table.Td maw={300}>{humanise(signal.kind)}<Text size="xs" c="dimmed">{signal.act}</Text></Table.Td>
              <Table.Td><StateBadge tone={signal.confirmed ? tones[signal.outcome] : 'bad'}>{t(`drill.outcomes.${signal.outcome}`)}</StateBadge></Table.Td>
              <Time ms={signal.durableMs} /><Time ms={signal.storedMs} /><Time ms={signal.scoredMs} /><Time ms={signal.alertedMs} />
              <Table.Td maw={360}><Why signal={signal} /></Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
      {lastDrill.state !== 'passed' && <Stack gap={4} mt="sm"><Text size="sm">{t('drill.again')}</Text>{command}</Stack>}
    </Panel>
  )
}
