import '../../i18n/administration-texts.ts'
import type { GroupView } from '@holdfast/collector/contract'
import { Alert, Anchor, Button, Checkbox, Fieldset, Group, NumberInput, SimpleGrid, Skeleton, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { saveGroupBy, type Way } from '../../api/rollouts.ts'
import { groupQuery } from '../../api/queries.ts'
import { useMayGroups } from '../../app/permissions.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { AllowedMediaFields } from './allowed-media-fields.tsx'
import { allowedMediaAreValid } from './allowed-media-form.ts'
import { CaptureFields } from './capture-fields.tsx'
import { captureIsValid } from './capture-form.ts'
import { EdgeFields } from './edge-fields.tsx'
import { edgeIsValid } from './edge-form.ts'
import { InspectionFields } from './inspection-fields.tsx'
import { inspectionIsValid } from './inspection-form.ts'
import { PlanPanel } from './plan-panel.tsx'
import { ReviewDialog } from './review-dialog.tsx'
import { Rollout } from './rollout.tsx'
import { TextPanel } from './text-panel.tsx'
import { TransfersFields } from './transfers-fields.tsx'
import { transfersAreValid } from './transfers-form.ts'
import { formOf, LIST_FIELDS, NUMBER_FIELDS, numberIsValid, settingsOf, type ListField, type NumberField } from './settings-form.ts'

const hints: Readonly<Partial<Record<ListField, 'rootsHint' | 'excludesHint'>>> = { roots: 'rootsHint', excludes: 'excludesHint' }
const numbers: readonly NumberField[] = ['hashLimit', 'pollInterval', 'heartbeatInterval', 'silentAfter', 'spoolMax', 'cpuLimit', 'memoryLimit']

const SettingsEditor = ({ group }: { readonly group: GroupView }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const allowed = useMayGroups().settings
  // What the form was made from: the page reads the group again and again, and a change goes over what was seen, not over what is there by now.
  const [seen, setSeen] = useState(group)
  const [form, setForm] = useState(() => formOf(group.settings))
  const changed = JSON.stringify(settingsOf(form)) !== JSON.stringify(settingsOf(formOf(seen.settings)))
  const isStale = group.revision > seen.revision
  const take = (view: GroupView): void => {
    setSeen(view)
    setForm(formOf(view.settings))
  }
  if (isStale && !changed) take(group)
  const valid = (form.edge === undefined || edgeIsValid(form.edge)) && numbers.every((field) => numberIsValid(field, form[field])) && (form.capture === undefined || captureIsValid(form.capture)) && (form.inspection === undefined || inspectionIsValid(form.inspection)) && (form.transfers === undefined || transfersAreValid(form.transfers)) && (form.allowedMedia === undefined || allowedMediaAreValid(form.allowedMedia))
  const [reviewing, setReviewing] = useState(false)
  const save = useMutation({
    mutationFn: (way: Way) => saveGroupBy(seen, settingsOf(form), way),
    onSuccess: async (saved) => {
      setReviewing(false)
      take(saved)
      const inRings = saved.policyVersion === seen.policyVersion
      notifications.show({ title: inRings ? t('review.rolledOut') : t('groups.saved', { version: saved.policyVersion }), message: inRings ? t('review.rolledOutBody') : t('groups.savedBody', { count: saved.devices }), closeButtonProps: { 'aria-label': t('common.close') } })
      client.setQueryData(groupQuery(group.name).queryKey, saved)
      await Promise.all([client.invalidateQueries({ queryKey: ['groups'] }), client.invalidateQueries({ queryKey: ['rollouts'] }), client.invalidateQueries({ queryKey: ['devices'] })])
    },
    // Somebody may have changed it: what is there now is shown beside what was refused.
    onError: () => client.invalidateQueries({ queryKey: groupQuery(group.name).queryKey, exact: true }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (valid) setReviewing(true)
  }
  return (
    <form onSubmit={submit} className="hf-panel">
      <Stack>
        {reviewing && <ReviewDialog group={group.name} settings={settingsOf(form)} saving={save.isPending} error={save.error} onSave={(way) => save.mutate(way)} onClose={() => setReviewing(false)} />}
        {isStale && changed && <Alert variant="outline" title={t('groups.stale')}><Group justify="space-between"><Text size="sm">{t('groups.staleBody')}</Text><Button size="xs" variant="default" onClick={() => take(group)}>{t('groups.takeNew')}</Button></Group></Alert>}
        {!allowed && <Text size="sm" c="dimmed">{t('groups.readOnly')}</Text>}
        <Fieldset legend={t('groups.places')} disabled={!allowed}>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {LIST_FIELDS.map((field) => <Textarea key={field} label={t(`groups.${field}`)} description={t(`groups.${hints[field] ?? 'rootsHint'}`)} autosize minRows={3} maxRows={10} value={form[field]} onChange={(event) => setForm({ ...form, [field]: event.currentTarget.value })} classNames={{ input: 'hf-code' }} />)}
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend={t('groups.limits')} disabled={!allowed}>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
            {numbers.map((field) => <NumberInput key={field} label={t(`groups.${field}`)} description={t(`help.${field}`)} value={form[field]} onChange={(value) => setForm({ ...form, [field]: value })} error={numberIsValid(field, form[field]) ? undefined : t('groups.integer', NUMBER_FIELDS[field])} />)}
          </SimpleGrid>
          <Checkbox mt="sm" label={t('groups.quarantineRevoked')} description={t('help.quarantineRevoked')} checked={form.kept.quarantineRevoked === true} onChange={(event) => setForm({ ...form, kept: { ...form.kept, quarantineRevoked: event.currentTarget.checked } })} />
        </Fieldset>
        {form.transfers !== undefined && <TransfersFields form={form.transfers} disabled={!allowed} onChange={(transfers) => setForm({ ...form, transfers })} />}
        {form.inspection !== undefined && <InspectionFields form={form.inspection} disabled={!allowed} onChange={(inspection) => setForm({ ...form, inspection })} />}
        {form.allowedMedia !== undefined && <AllowedMediaFields rows={form.allowedMedia} disabled={!allowed} onChange={(allowedMedia) => setForm({ ...form, allowedMedia })} />}
        {form.edge !== undefined && <EdgeFields form={form.edge} disabled={!allowed} onChange={(edge) => setForm({ ...form, edge })} />}
        {form.capture !== undefined && <CaptureFields form={form.capture} disabled={!allowed} onChange={(capture) => setForm({ ...form, capture })} />}
        {allowed && <Group justify="flex-end">{changed && <Text size="sm" c="dimmed">{t('groups.unsaved')}</Text>}<Button type="submit" disabled={!changed || !valid} loading={save.isPending}>{t('review.open')}</Button></Group>}
      </Stack>
    </form>
  )
}

/** What a group's agents watch, and how far the roll-out of it is. */
export const GroupPage = () => {
  const { t } = useTranslation()
  const { groupName = '' } = useParams({ strict: false })
  const group = useQuery(groupQuery(groupName))
  return (
    <>
      <Anchor component={Link} to="/groups" size="sm">← {t('groups.title')}</Anchor>
      <PageHeader title={groupName} intro={t('groups.intro')} />
      {group.isPending && <Skeleton height={320} aria-busy="true" />}
      {group.isError && <ErrorState error={group.error} onRetry={group.refetch} />}
      {group.data !== undefined && <Stack><SettingsEditor key={group.data.name} group={group.data} /><TextPanel group={group.data.name} /><PlanPanel group={group.data.name} /><Rollout group={group.data} /></Stack>}
    </>
  )
}
