import type { TargetCreated, TargetView } from '@holdfast/collector/contract'
import { Alert, Button, Collapse, Group, NumberInput, PasswordInput, Select, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { saveTarget, testTarget } from '../../api/exports.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { draftOf, FORMATS_OF, isPlaced, KINDS, requestOf, secretsFor, withKind, type Draft } from './exports-form.ts'
import { ProblemAlert } from './exports-problem.tsx'

type Change = (part: Partial<Draft>) => void
const whole = (value: number | string, fallback: number): number => (typeof value === 'number' ? value : fallback)

/** Where the receiver is, by its kind. */
const PlaceFields = ({ draft, change, tried }: { readonly draft: Draft; readonly change: Change; readonly tried: boolean }) => {
  const { t } = useTranslation()
  const missing = tried && !isPlaced(draft) && t('exports.form.noPlace')
  const url = <TextInput label={t('exports.form.url')} description={t('exports.form.urlHint')} placeholder="https://siem.example.com" value={draft.url} onChange={(event) => change({ url: event.currentTarget.value })} error={missing} withAsterisk />
  if (draft.kind === 'syslog') {
    return (
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('exports.form.host')} value={draft.host} onChange={(event) => change({ host: event.currentTarget.value })} error={missing} withAsterisk />
        <NumberInput label={t('exports.form.port')} value={draft.port} min={1} max={65_535} onChange={(value) => change({ port: whole(value, 6514) })} withAsterisk />
        <Select label={t('exports.form.transport')} description=" " data={(['tls', 'tcp', 'udp'] as const).map((value) => ({ value, label: t(`exports.form.transports.${value}`) }))} value={draft.transport} allowDeselect={false} onChange={(value) => change({ transport: value === 'tcp' || value === 'udp' ? value : 'tls' })} />
        <NumberInput label={t('exports.form.facility')} description={t('exports.form.facilityHint')} value={draft.facility} min={0} max={23} onChange={(value) => change({ facility: whole(value, 16) })} />
      </SimpleGrid>
    )
  }
  if (draft.kind === 'file') {
    return (
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput label={t('exports.form.fileName')} description={t('exports.form.fileHint')} value={draft.fileName} onChange={(event) => change({ fileName: event.currentTarget.value })} error={missing} withAsterisk />
        <NumberInput label={t('exports.form.maxMib')} description=" " value={draft.maxMib} min={1} max={10_240} onChange={(value) => change({ maxMib: whole(value, 100) })} />
        <NumberInput label={t('exports.form.keep')} description=" " value={draft.keep} min={0} max={100} onChange={(value) => change({ keep: whole(value, 5) })} />
      </SimpleGrid>
    )
  }
  if (draft.kind === 'webhook') {
    return (
      <Stack>
        {url}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select label={t('exports.form.payload')} description={t('help.payload')} data={(['full', 'thin'] as const).map((value) => ({ value, label: t(`exports.form.payloads.${value}`) }))} value={draft.payload} allowDeselect={false} onChange={(value) => change({ payload: value === 'thin' ? 'thin' : 'full' })} />
          <Select label={t('exports.form.envelope')} description={t('help.envelope')} data={(['none', 'cloudevents'] as const).map((value) => ({ value, label: t(`exports.form.envelopes.${value}`) }))} value={draft.envelope} allowDeselect={false} onChange={(value) => change({ envelope: value === 'cloudevents' ? value : 'none' })} />
        </SimpleGrid>
      </Stack>
    )
  }
  const isSplunk = draft.kind === 'splunk_hec'
  return (
    <Stack>
      {url}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('exports.form.index')} description={isSplunk ? t('exports.form.indexOptional') : ' '} value={draft.index} onChange={(event) => change({ index: event.currentTarget.value })} withAsterisk={!isSplunk} />
        {!isSplunk && <TextInput label={t('exports.form.user')} description={t('exports.form.userHint')} value={draft.user} onChange={(event) => change({ user: event.currentTarget.value })} autoComplete="off" />}
      </SimpleGrid>
      {isSplunk && <Switch label={t('exports.form.acknowledge')} description={t('help.acknowledge')} checked={draft.acknowledge} onChange={(event) => change({ acknowledge: event.currentTarget.checked })} />}
    </Stack>
  )
}

const AdvancedFields = ({ draft, change }: { readonly draft: Draft; readonly change: Change }) => {
  const { t } = useTranslation()
  const isFile = draft.kind === 'file'
  return (
    <Stack>
      {draft.kind !== 'webhook' && <NumberInput label={t('exports.form.batch')} description={t('help.batch')} value={draft.batchSize ?? ''} min={1} max={1000} onChange={(value) => change({ batchSize: typeof value === 'number' ? value : undefined })} maw={220} />}
      {!isFile && <Textarea label={t('exports.form.ca')} description={t('exports.form.caHint')} value={draft.caPem} onChange={(event) => change({ caPem: event.currentTarget.value })} autosize minRows={2} maxRows={6} className="hf-code" />}
      {!isFile && <Textarea label={t('exports.form.cert')} description={t('exports.form.certHint')} value={draft.certPem} onChange={(event) => change({ certPem: event.currentTarget.value })} autosize minRows={2} maxRows={6} className="hf-code" />}
    </Stack>
  )
}

/** A new target, or a change of one; a test uses what stands in the form. */
export const TargetForm = ({ target, onSaved, onClose }: { readonly target: TargetView | undefined; readonly onSaved: (saved: TargetCreated) => void; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(target))
  const [tried, setTried] = useState(false)
  const [more, setMore] = useState(target?.tls.caPem !== undefined)
  const change: Change = (part) => setDraft((before) => ({ ...before, ...part }))
  const save = useMutation({
    mutationFn: () => saveTarget(target, requestOf(draft, target === undefined)),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: ['exports'] })
      onSaved(saved)
    },
  })
  const test = useMutation({ mutationFn: () => testTarget(target?.id, { ...requestOf(draft, false), name: draft.name.trim() === '' ? 'Test' : draft.name.trim() }) })
  const needsReason = draft.names && target?.names !== true
  const isReady = draft.name.trim() !== '' && isPlaced(draft) && !(needsReason && draft.reason.trim().length < 5)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (isReady) save.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {save.isError && <ErrorState error={save.error} />}
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput label={t('exports.name')} value={draft.name} onChange={(event) => change({ name: event.currentTarget.value })} error={tried && draft.name.trim() === '' && t('exports.form.noName')} withAsterisk data-autofocus />
          <Select label={t('exports.kind')} data={KINDS.map((value) => ({ value, label: t(`exports.kinds.${value}`) }))} value={draft.kind} allowDeselect={false} disabled={target !== undefined} onChange={(value) => setDraft((before) => withKind(before, KINDS.find((kind) => kind === value) ?? before.kind))} />
          <Select label={t('exports.form.format')} data={FORMATS_OF[draft.kind].map((value) => ({ value, label: t(`exports.formats.${value}`) }))} value={draft.format} allowDeselect={false} onChange={(value) => change({ format: FORMATS_OF[draft.kind].find((format) => format === value) ?? draft.format })} />
        </SimpleGrid>
        <PlaceFields draft={draft} change={change} tried={tried} />
        {secretsFor(draft).map((field) => {
          const description = target?.secrets.includes(field) === true ? t('exports.form.kept') : undefined
          const set = (value: string) => change({ secrets: { ...draft.secrets, [field]: value } })
          return field === 'clientKeyPem'
            ? <Textarea key={field} label={t(`exports.form.${field}`)} description={description} value={draft.secrets[field]} onChange={(event) => set(event.currentTarget.value)} autosize minRows={2} maxRows={6} className="hf-code" />
            : <PasswordInput key={field} label={t(`exports.form.${field}`)} description={description} value={draft.secrets[field]} onChange={(event) => set(event.currentTarget.value)} autoComplete="new-password" />
        })}
        {draft.kind !== 'file' && <Switch label={t('exports.form.private')} description={t('exports.form.privateHint')} checked={draft.allowPrivate} onChange={(event) => change({ allowPrivate: event.currentTarget.checked })} />}
        {target === undefined && <Select label={t('exports.form.begin')} data={(['now', 'kept'] as const).map((value) => ({ value, label: t(`exports.form.begins.${value}`) }))} value={draft.begin} allowDeselect={false} onChange={(value) => change({ begin: value === 'kept' ? value : 'now' })} maw={360} />}
        <Switch label={t('exports.form.names')} description={t('exports.form.namesHint')} checked={draft.names} onChange={(event) => change({ names: event.currentTarget.checked })} />
        {needsReason && <Textarea label={t('exports.form.reason')} value={draft.reason} maxLength={500} onChange={(event) => change({ reason: event.currentTarget.value })} error={tried && draft.reason.trim().length < 5 && t('exports.form.reasonShort')} withAsterisk autosize minRows={2} />}
        <Group><Button variant="subtle" size="compact-sm" aria-expanded={more} onClick={() => setMore(!more)}>{t('exports.form.advanced')}</Button></Group>
        <Collapse expanded={more}><AdvancedFields draft={draft} change={change} /></Collapse>
        {test.isError && <ErrorState error={test.error} />}
        {test.data?.problem !== undefined && <ProblemAlert problem={test.data.problem} />}
        {test.data?.ok === true && <Alert variant="outline" color="green" role="status"><Text size="sm" c="bright">{t(test.data.unsure ? 'exports.testUnsure' : 'exports.testGood', { ms: test.data.tookMs })}</Text></Alert>}
        <Group justify="space-between">
          <Button variant="default" loading={test.isPending} disabled={!isPlaced(draft)} onClick={() => test.mutate()}>{t('exports.test')}</Button>
          <Group><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button type="submit" loading={save.isPending}>{t('common.save')}</Button></Group>
        </Group>
      </Stack>
    </form>
  )
}
