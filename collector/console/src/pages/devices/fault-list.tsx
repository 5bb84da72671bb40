import type { DeviceFaultList, DeviceView } from '@holdfast/collector/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { deviceFaultsQuery } from '../../api/fleet.ts'
import { useMay } from '../../app/permissions.ts'
import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'

export type Fault = DeviceView['faults'][number]
export const faultTones: Readonly<Record<Fault['severity'], Tone>> = { critical: 'bad', warning: 'warn', hint: 'quiet' }

const fill = (text: string, values: Fault['values']): string => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

/** Title, sentence and fix in the reader's language, from the collector's own table; its English words while that is not there. */
export function wordsOf({ code, detail, fix, values }: Fault, table: DeviceFaultList | undefined, language: string): { readonly title: string; readonly detail: string; readonly fix: string } {
  const row = table?.items.find((one) => one.code === code)
  if (row === undefined) return { title: code, detail, fix }
  const words = language === 'de' ? row.de : row.en
  return { title: words.title, detail: fill(words.detail, values), fix: fill(words.fix, values) }
}

/** Faults of one device, the worst first, each with what to do and the place to do it. */
export const FaultList = ({ device, onReKey }: { readonly device: DeviceView; readonly onReKey: () => void }) => {
  const { t, language } = useTranslation()
  const may = useMay()
  const table = useQuery(deviceFaultsQuery()).data
  const button = ({ action }: Fault) => {
    if (action === 're_key') return may('device.manage') && device.health !== 'revoked' && <Button size="compact-sm" variant="default" onClick={onReKey}>{t('fleet.fixNow.re_key')}</Button>
    if (action === 'enrol') return may('enrolment.manage') && <Button size="compact-sm" variant="default" component={Link} to="/devices?add=1">{t('fleet.fixNow.enrol')}</Button>
    if (action === 'group_settings') return <Button size="compact-sm" variant="default" component={Link} to={`/groups/${encodeURIComponent(device.group)}`}>{t('fleet.fixNow.group_settings')}</Button>
    if (action === 'ledger' || action === 'sensors') return <Button size="compact-sm" variant="default" component="a" href={`#${action}`}>{t(`fleet.fixNow.${action}`)}</Button>
    return null
  }
  return (
    <Stack gap="sm">
      {device.faults.map((fault) => {
        const words = wordsOf(fault, table, language)
        return (
          <Group key={`${fault.code} ${fault.values['sensor'] ?? ''}`} justify="space-between" align="flex-start" wrap="nowrap" data-fault={fault.code}>
            <div>
              <Group gap="xs"><StateBadge tone={faultTones[fault.severity]}>{t(`fleet.severity.${fault.severity}`)}</StateBadge><Text size="sm" fw={600}>{words.title}</Text></Group>
              <Text size="sm">{words.detail}</Text><Text size="sm" c="dimmed">{t('device.fix')}: {words.fix}</Text>
            </div>
            {button(fault)}
          </Group>
        )
      })}
    </Stack>
  )
}
