import { ActionIcon, Button, Checkbox, Fieldset, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { formatWeekday } from '../../format/time.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { endsNextDay, newWindow, WEEKDAYS, type WindowRow, windowProblem } from './plan-form.ts'

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
/** Every zone that the browser knows, with those that stand in the plan and UTC. */
const zonesOf = (rows: readonly WindowRow[]): readonly string[] => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...rows.map(({ zone }) => zone)])].filter((zone) => zone !== '')

const MOST = 20
/** What a field says stands below it, so that fields of one row stand in one line. */
const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']

/** When rings may begin: days and hours of the week, each in a time zone of its own. None: at any time. */
export const WindowsFields = ({ rows, disabled, onChange }: { readonly rows: readonly WindowRow[]; readonly disabled: boolean; readonly onChange: (rows: readonly WindowRow[]) => void }) => {
  const { t } = useTranslation()
  const set = (index: number, part: Partial<WindowRow>): void => onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  return (
    <Fieldset legend={t('plan.windows')} disabled={disabled}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">{t('plan.windowsHint')}</Text>
        {rows.length === 0 && <Text size="sm">{t('plan.anyTime')}</Text>}
        {rows.map((row, index) => {
          const problem = windowProblem(row)
          const number = index + 1
          return (
            // Windows have no id of their own; their place is what they are known by.
            // eslint-disable-next-line react/no-array-index-key
            <Group key={index} gap="sm" align="flex-start" role="group" aria-label={t('plan.window', { number })}>
              <Checkbox.Group label={t('plan.windowDays')} value={row.days.map(String)} onChange={(days) => set(index, { days: days.map(Number) })} error={problem === 'noDays' && t('plan.noDays')}>
                <Group gap="xs" mt={6}>{WEEKDAYS.map((day) => ({ day, name: formatWeekday(day) })).map(({ day, name }) => <Checkbox key={day} value={String(day)} label={name} size="sm" />)}</Group>
              </Checkbox.Group>
              <TextInput type="time" label={t('plan.windowFrom')} description={t('plan.windowFromHint')} inputWrapperOrder={ORDER} value={row.from} onChange={(event) => set(index, { from: event.currentTarget.value })} error={problem === 'badTime' && t('plan.badTime')} w={130} />
              <TextInput type="time" label={t('plan.windowTo')} description={t(endsNextDay(row) ? 'plan.nextDay' : 'plan.sameDay')} inputWrapperOrder={ORDER} value={row.to} onChange={(event) => set(index, { to: event.currentTarget.value })} w={130} />
              <Select label={t('plan.windowZone')} description={t('plan.windowZoneHint')} inputWrapperOrder={ORDER} data={[...zonesOf(rows)]} value={row.zone} onChange={(zone) => set(index, { zone: zone ?? '' })} error={problem === 'noZone' && t('plan.noZone')} searchable limit={50} allowDeselect={false} w={200} />
              <ActionIcon variant="default" size="lg" mt={24} aria-label={t('plan.removeWindow', { number })} onClick={() => onChange(rows.filter((_, at) => at !== index))}><IconTrash size={16} aria-hidden="true" /></ActionIcon>
            </Group>
          )
        })}
        <Group><Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden="true" />} disabled={rows.length >= MOST} onClick={() => onChange([...rows, newWindow(rows.at(-1)?.zone ?? ownZone())])}>{t('plan.addWindow')}</Button></Group>
      </Stack>
    </Fieldset>
  )
}
