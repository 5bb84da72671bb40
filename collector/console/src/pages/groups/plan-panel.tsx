import type { PlanView } from '@holdfast/collector/contract'
import { Button, Fieldset, Group, NumberInput, Select, SimpleGrid, Skeleton, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { planQuery, savePlan } from '../../api/rollouts.ts'
import { useMayGroups } from '../../app/permissions.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { type PlanForm, planFormOf, planOf, ringsRise } from './plan-form.ts'
import { WindowsFields } from './windows-fields.tsx'

const LIMITS = ['failedPercent', 'cpuPercent', 'lossPercent', 'restartPercent', 'alertFactor'] as const

/** Rings, patience, windows and limits of a plan. */
export const PlanFields = ({ form, disabled, onChange }: { readonly form: PlanForm; readonly disabled: boolean; readonly onChange: (form: PlanForm) => void }) => {
  const { t } = useTranslation()
  const change = (over: Partial<PlanForm>): void => onChange({ ...form, ...over })
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }}>
        <TextInput label={t('plan.rings')} description={t('plan.ringsHint')} value={form.rings} onChange={(event) => change({ rings: event.currentTarget.value })} error={!ringsRise(form) && t('plan.badRings')} disabled={disabled} />
        <NumberInput label={t('plan.soak')} description={t('plan.soakHint')} min={0} value={form.soakMins} onChange={(soakMins) => change({ soakMins })} disabled={disabled} />
        <NumberInput label={t('plan.confirmed')} description={t('plan.confirmedHint')} min={0} max={100} value={form.confirmedPercent} onChange={(confirmedPercent) => change({ confirmedPercent })} disabled={disabled} />
        <NumberInput label={t('plan.answer')} description={t('plan.answerHint')} min={5} value={form.answerSecs} onChange={(answerSecs) => change({ answerSecs })} disabled={disabled} />
        <NumberInput label={t('plan.silence')} description={t('plan.silenceHint')} min={1} value={form.silenceHours} onChange={(silenceHours) => change({ silenceHours })} disabled={disabled} />
      </SimpleGrid>
      <WindowsFields rows={form.windows} disabled={disabled} onChange={(windows) => change({ windows })} />
      <Fieldset legend={t('plan.limits')} disabled={disabled}>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }}>{LIMITS.map((limit) => <NumberInput key={limit} label={t(`plan.limit.${limit}`)} description={t(`plan.limitHint.${limit}`)} min={0} value={form.halt[limit]} onChange={(value) => change({ halt: { ...form.halt, [limit]: value } })} />)}</SimpleGrid>
      </Fieldset>
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        <Textarea label={t('plan.first')} description={t('plan.firstHint')} autosize minRows={2} maxRows={8} value={form.firstDevices} onChange={(event) => change({ firstDevices: event.currentTarget.value })} classNames={{ input: 'hf-code' }} disabled={disabled} />
        <Textarea label={t('plan.after')} description={t('plan.afterHint')} autosize minRows={2} maxRows={8} value={form.afterGroups} onChange={(event) => change({ afterGroups: event.currentTarget.value })} classNames={{ input: 'hf-code' }} disabled={disabled} />
        <Select label={t('plan.onHalt')} description={t('plan.onHaltHint')} data={[{ value: 'hold', label: t('plan.hold') }, { value: 'roll_back', label: t('plan.rollBack') }]} allowDeselect={false} value={form.kept.onHalt} onChange={(value) => change({ kept: { ...form.kept, onHalt: value === 'roll_back' ? 'roll_back' : 'hold' } })} disabled={disabled} />
      </SimpleGrid>
    </>
  )
}

const Editor = ({ group, view: { revision, plan, proposed } }: { readonly group: string; readonly view: PlanView }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const manages = useMayGroups().settings
  const [inRings, setInRings] = useState(plan !== null)
  const [form, setForm] = useState(() => planFormOf(plan ?? proposed))
  const next = inRings ? planOf(form) : null
  const save = useMutation({
    mutationFn: () => savePlan(group, revision, next ?? null),
    onSuccess: async (saved) => {
      client.setQueryData(planQuery(group).queryKey, saved)
      notifications.show({ title: t('plan.saved'), message: t(inRings ? 'plan.savedRings' : 'plan.savedAtOnce'), closeButtonProps: { 'aria-label': t('common.close') } })
      await client.invalidateQueries({ queryKey: ['groups', group, 'text'] })
    },
  })
  return (
    <Stack>
      <Text size="sm" c="dimmed" maw={820}>{t('plan.intro')}</Text>
      <Switch label={t('plan.inRings')} description={t('plan.inRingsHint')} checked={inRings} disabled={!manages} onChange={(event) => setInRings(event.currentTarget.checked)} />
      {inRings && <PlanFields form={form} disabled={!manages} onChange={setForm} />}
      {save.isError && <ErrorState error={save.error} />}
      {manages && <Group justify="flex-end"><Button variant="default" disabled={next === undefined || JSON.stringify(next) === JSON.stringify(plan)} loading={save.isPending} onClick={() => save.mutate()}>{t('plan.save')}</Button></Group>}
    </Stack>
  )
}

/** How changes of the group reach its devices. */
export const PlanPanel = ({ group }: { readonly group: string }) => {
  const { t } = useTranslation()
  const plan = useQuery(planQuery(group))
  return (
    <Panel title={t('plan.title')}>
      {plan.isPending && <Skeleton height={80} aria-busy="true" />}
      {plan.isError && <ErrorState error={plan.error} onRetry={plan.refetch} />}
      {plan.data !== undefined && <Editor key={plan.data.revision} group={group} view={plan.data} />}
    </Panel>
  )
}
