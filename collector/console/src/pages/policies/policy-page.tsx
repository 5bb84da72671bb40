import '../../i18n/administration-texts.ts'
import { Anchor, Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { applyPolicy, deletePolicy } from '../../api/mutations.ts'
import { indicatorsQuery, policyQuery, templatesQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { AlertsLink } from '../../components/alerts-link.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { draftOf } from './policy-draft.ts'
import { HealthPanel } from './health.tsx'
import { PolicyEditor } from './policy-editor.tsx'

const Back = () => {
  const { t } = useTranslation()
  return <Anchor component={Link} to="/policies" size="sm">← {t('policies.title')}</Anchor>
}

const Waiting = ({ queries }: { readonly queries: readonly { readonly error: Error | null; readonly refetch: () => unknown }[] }) => {
  const failed = queries.find(({ error }) => error !== null)
  return failed === undefined ? <Skeleton height={360} aria-busy="true" /> : <ErrorState error={failed.error} onRetry={failed.refetch} />
}

/** One policy: its document, its switch, its end. */
export const PolicyPage = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const may = useMay()
  const { policyId = '' } = useParams({ strict: false })
  const [removing, dialog] = useDisclosure(false)
  const policy = useQuery(policyQuery(policyId))
  const templates = useQuery(templatesQuery())
  const indicators = useQuery(indicatorsQuery())
  const toggle = useMutation({
    mutationFn: applyPolicy,
    onSuccess: async (saved) => {
      notifications.show({ message: t(saved.status === 'on' ? 'policy.resumed' : 'policy.paused'), closeButtonProps: { 'aria-label': t('common.close') } })
      await client.invalidateQueries({ queryKey: ['policies'] })
    },
  })
  const remove = useMutation({
    mutationFn: () => deletePolicy(policyId),
    onSuccess: async () => {
      client.removeQueries({ queryKey: ['policies', policyId] })
      await navigate({ to: '/policies' })
      await client.invalidateQueries({ queryKey: ['policies'] })
    },
  })
  const { data } = policy
  if (data === undefined || templates.data === undefined || indicators.data === undefined) return <><Back /><PageHeader title={data?.name ?? t('policies.column.name')} /><Waiting queries={[policy, templates, indicators]} /></>
  return (
    <>
      <Back />
      <PageHeader title={data.name} intro={data.templateName} badges={<StateBadge tone={data.status === 'on' ? 'good' : 'quiet'}>{t(`policies.state.${data.status}`)}</StateBadge>}>
        <AlertsLink filter={{ policy: data.id, range: 'all' }}>{t('policy.openAlerts', { count: data.openAlerts })}</AlertsLink>
        {may('policy.manage') && <Button variant="default" loading={toggle.isPending} onClick={() => toggle.mutate({ ...data.document, status: data.status === 'on' ? 'paused' : 'on' })}>{data.status === 'on' ? t('policy.pause') : t('policy.resume')}</Button>}
        {may('policy.manage') && <Button variant="default" onClick={dialog.open}>{t('policy.remove')}</Button>}
      </PageHeader>
      {toggle.isError && <ErrorState error={toggle.error} />}
      <Stack>
        {data.health !== undefined && <HealthPanel health={data.health} />}
        <PolicyEditor key={`${data.id} ${data.version}`} initial={data.document} policy={data} templates={templates.data.items} indicators={indicators.data.items} />
      </Stack>
      <Dialog opened={removing} onClose={dialog.close} title={t('policy.removeTitle', { name: data.name })}>
        <Stack>
          <Text size="sm">{t('policy.removeBody')}</Text>
          {remove.isError && <ErrorState error={remove.error} />}
          <Group justify="flex-end"><Button variant="default" onClick={dialog.close}>{t('common.cancel')}</Button><Button color="#b42318" loading={remove.isPending} onClick={() => remove.mutate()}>{t('policy.remove')}</Button></Group>
        </Stack>
      </Dialog>
    </>
  )
}

/** A new policy begins with a template. */
export const NewPolicyPage = () => {
  const { t } = useTranslation()
  const templates = useQuery(templatesQuery())
  const indicators = useQuery(indicatorsQuery())
  const [chosen, setChosen] = useState<string>()
  if (templates.data === undefined || indicators.data === undefined) return <><Back /><PageHeader title={t('policy.newTitle')} /><Waiting queries={[templates, indicators]} /></>
  const template = templates.data.items.find(({ id }) => id === chosen) ?? templates.data.items[0]
  return (
    <>
      <Back />
      <PageHeader title={t('policy.newTitle')} />
      <Stack>
        <Select label={t('policy.template')} description={template?.summary} data={templates.data.items.map(({ id, name }) => ({ value: id, label: name }))} value={template?.id ?? null} allowDeselect={false} onChange={(value) => setChosen(value ?? undefined)} maw={560} />
        {template !== undefined && <PolicyEditor key={template.id} initial={draftOf(template)} templates={templates.data.items} indicators={indicators.data.items} />}
      </Stack>
    </>
  )
}
