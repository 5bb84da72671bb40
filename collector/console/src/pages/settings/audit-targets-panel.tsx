import type { AuditTargetsView } from '@holdfast/collector/contract'
import { Button, Group, NumberInput, Select, Skeleton, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { auditTargetsQuery, saveAuditTargets, testAuditTargets } from '../../api/privacy.ts'
import { oneOf } from '../../app/search-params.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const TRANSPORTS = ['tls', 'tcp', 'udp'] as const

const State = ({ state }: { readonly state: AuditTargetsView['states']['syslog'] }) => {
  const { t } = useTranslation()
  if (state === undefined) return <Text size="sm" c="dimmed">{t('privacy.stateNone')}</Text>
  return <Text size="sm" fw={state.ok ? 400 : 600}>{state.ok ? t('privacy.stateGood', { seq: state.seq ?? '' }) : t('privacy.stateBad', { problem: state.problem ?? '' })} <Instant at={state.at} /></Text>
}

const Form = ({ stored }: { readonly stored: AuditTargetsView }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [toSyslog, setToSyslog] = useState(stored.syslog !== null)
  const [syslog, setSyslog] = useState({ host: stored.syslog?.host ?? '', port: stored.syslog?.port ?? 6514, transport: stored.syslog?.transport ?? ('tls' as const), caPem: stored.syslog?.caPem ?? '' })
  const [toMail, setToMail] = useState(stored.mail !== null)
  const [addresses, setAddresses] = useState(stored.mail?.to.join('\n') ?? '')
  const done = { onSettled: () => client.invalidateQueries({ queryKey: ['privacy', 'targets'] }) }
  const save = useMutation({
    mutationFn: () => {
      const { caPem, ...rest } = syslog
      return saveAuditTargets(stored.revision, { syslog: toSyslog ? { ...rest, ...(caPem.trim() === '' ? {} : { caPem: caPem.trim() }) } : null, mail: toMail ? { to: addresses.split(/[\s,]+/).filter((one) => one !== '') } : null })
    },
    ...done,
  })
  const test = useMutation({ mutationFn: testAuditTargets, ...done })
  return (
    <Stack maw={720}>
      <Switch label={t('privacy.syslog')} description={t('help.syslog')} checked={toSyslog} onChange={(event) => setToSyslog(event.currentTarget.checked)} />
      {toSyslog && (
        <>
          <Group grow align="flex-start"><TextInput label={t('privacy.host')} value={syslog.host} onChange={(event) => setSyslog({ ...syslog, host: event.currentTarget.value.trim() })} /><NumberInput label={t('privacy.port')} min={1} max={65_535} value={syslog.port} onChange={(value) => typeof value === 'number' && setSyslog({ ...syslog, port: value })} /><Select label={t('privacy.transport')} description={t('help.transport')} data={TRANSPORTS.map((value) => ({ value, label: value.toUpperCase() }))} value={syslog.transport} allowDeselect={false} onChange={(value) => setSyslog({ ...syslog, transport: oneOf(value, TRANSPORTS, 'tls') })} /></Group>
          {syslog.transport === 'tls' && <Textarea label={t('privacy.caPem')} description={t('privacy.caHint')} autosize minRows={2} maxRows={6} className="hf-mono" value={syslog.caPem} onChange={(event) => setSyslog({ ...syslog, caPem: event.currentTarget.value })} />}
          {stored.syslog !== null && <State state={stored.states.syslog} />}
        </>
      )}
      <Switch label={t('privacy.mail')} description={stored.mailReady ? undefined : t('privacy.mailNotReady')} checked={toMail} onChange={(event) => setToMail(event.currentTarget.checked)} />
      {toMail && <><Textarea label={t('privacy.mailTo')} description={t('help.mailTo')} autosize minRows={2} value={addresses} onChange={(event) => setAddresses(event.currentTarget.value)} />{stored.mail !== null && <State state={stored.states.mail} />}</>}
      {save.isError && <ErrorState error={save.error} />}
      {test.isError && <ErrorState error={test.error} />}
      {stored.file && <Text size="sm" c="dimmed">{t('privacy.file')}</Text>}
      <Group><Button loading={save.isPending} onClick={() => save.mutate()}>{t('privacy.save')}</Button>{(stored.syslog !== null || stored.mail !== null) && <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>{t('privacy.test')}</Button>}</Group>
    </Stack>
  )
}

export const AuditTargetsPanel = () => {
  const { t } = useTranslation()
  const targets = useQuery(auditTargetsQuery())
  return (
    <Panel title={t('privacy.targets')}>
      <Text size="sm" c="dimmed" mb="sm">{t('privacy.targetsIntro')}</Text>
      {targets.isPending && <Skeleton height={140} />}
      {targets.isError && <ErrorState error={targets.error} onRetry={targets.refetch} />}
      {targets.data !== undefined && <Form key={targets.data.revision} stored={targets.data} />}
    </Panel>
  )
}
