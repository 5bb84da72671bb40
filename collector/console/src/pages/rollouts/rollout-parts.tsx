// Its pages alone have a bar, so its styles come with them.
import '@mantine/core/styles/Progress.css'
import type { RolloutDetail, RolloutDeviceView, RolloutView } from '@holdfast/collector/contract'
import { Group, Progress, Table, Text } from '@mantine/core'
import { DataTable } from '../../components/data-table.tsx'
import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const tones: Readonly<Record<RolloutView['state'], Tone>> = { active: 'quiet', paused: 'warn', halted: 'bad', completed: 'good', rolling_back: 'warn', rolled_back: 'warn', superseded: 'quiet' }
const deviceTones: Readonly<Record<RolloutDeviceView['state'], Tone>> = { pending: 'quiet', offered: 'quiet', received: 'quiet', verified: 'quiet', applied: 'warn', confirmed: 'good', rejected: 'bad', offline: 'warn', gone: 'quiet' }

export const RolloutBadge = ({ state }: { readonly state: RolloutView['state'] }) => {
  const { t } = useTranslation()
  return <StateBadge tone={tones[state]}>{t(`rollouts.state.${state}`)}</StateBadge>
}

/** @param children other words for the state than those of a policy */
export const DeviceStateBadge = ({ state, children }: { readonly state: RolloutDeviceView['state']; readonly children?: string }) => {
  const { t } = useTranslation()
  return <StateBadge tone={deviceTones[state]}>{children ?? t(`rollouts.deviceState.${state}`)}</StateBadge>
}

const BARS = [['confirmed', '#1c6b36'], ['waiting', '#3b6ea8'], ['failed', '#b42318'], ['offline', '#a04100']] as const

/** How far it is, as a bar; the same in words beside it and for who hears it. */
export const StateBar = ({ counts, devices, label }: Pick<RolloutView, 'counts' | 'devices'> & { readonly label: string }) => {
  const { t } = useTranslation()
  const parts = { confirmed: counts.confirmed, waiting: counts.offered + counts.received + counts.verified + counts.applied, failed: counts.rejected, offline: counts.offline }
  const words = BARS.flatMap(([key]) => (parts[key] === 0 ? [] : [t(`rollouts.bar.${key}`, { count: parts[key] })]))
  const text = words.length === 0 ? t('rollouts.bar.none') : words.join(', ')
  return (
    <Group gap="xs" wrap="nowrap">
      <Progress.Root size="lg" w={160} style={{ flexShrink: 0 }} role="img" aria-label={`${label}: ${text}`}>
        {BARS.map(([key, colour]) => <Progress.Section key={key} value={devices === 0 ? 0 : (parts[key] * 100) / devices} color={colour} aria-hidden="true" role="presentation" />)}
      </Progress.Root>
      <Text size="xs" c="dimmed">{text}</Text>
    </Group>
  )
}

const shown = (value: unknown): string => (value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value))

/** Before and after, path by path. */
export const ChangesTable = ({ changes, label }: { readonly changes: RolloutDetail['changes']; readonly label: string }) => {
  const { t } = useTranslation()
  const columns = [{ key: 'what', title: t('rollouts.what') }, { key: 'before', title: t('rollouts.before') }, { key: 'after', title: t('rollouts.after') }]
  if (changes.length === 0) return <Text size="sm" c="dimmed">{t('rollouts.nothingChanges')}</Text>
  return (
    <DataTable label={label} columns={columns} minWidth={520}>
      {changes.map(({ path, before, after }) => <Table.Tr key={path}><Table.Th scope="row" fw={500} className="hf-code">{path}</Table.Th><Table.Td className="hf-code" style={{ wordBreak: 'break-word' }}>{shown(before)}</Table.Td><Table.Td className="hf-code" style={{ wordBreak: 'break-word' }}>{shown(after)}</Table.Td></Table.Tr>)}
    </DataTable>
  )
}
