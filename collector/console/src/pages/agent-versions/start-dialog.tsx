import type { AgentVersionsView, RolloutPlanView } from '@holdfast/collector/contract'
import { Button, Group, Select, Skeleton, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { startUpgrade, upgradePlanQuery } from '../../api/agent-versions.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { planFormOf, planOf } from '../groups/plan-form.ts'
import { PlanFields } from '../groups/plan-panel.tsx'

const Plan = ({ proposed, group, version, onClose }: { readonly proposed: RolloutPlanView; readonly group: string; readonly version: string; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [form, setForm] = useState(() => planFormOf(proposed))
  const plan = planOf(form)
  const start = useMutation({
    mutationFn: () => startUpgrade({ group, version, ...(plan === undefined ? {} : { plan }) }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['agent-upgrades'] })
      await navigate({ to: `/agent-versions/${encodeURIComponent(id)}` })
    },
  })
  return (
    <>
      <PlanFields form={form} disabled={false} onChange={setForm} />
      {start.isError && <ErrorState error={start.error} />}
      <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button disabled={plan === undefined} loading={start.isPending} onClick={() => start.mutate()}>{t('agentVersions.start')}</Button></Group>
    </>
  )
}

/** Which version, to which group, and how: the group's own plan to begin with. */
export const StartDialog = ({ found, onClose }: { readonly found: AgentVersionsView; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const versions = [...new Set(found.packages.filter(({ state }) => state === 'ready').map(({ version }) => version))].toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
  const groups = [...new Set(found.fleet.map(({ group }) => group))].toSorted()
  const [version, setVersion] = useState(versions[0] ?? '')
  const [group, setGroup] = useState(groups[0] ?? '')
  const plan = useQuery({ ...upgradePlanQuery(group), enabled: group !== '' })
  return (
    <Dialog opened onClose={onClose} title={t('agentVersions.startTitle')} size="xl">
      <Stack>
        <Group grow>
          <Select label={t('agentVersions.version')} description={t('agentVersions.versionHint')} data={versions} value={version} allowDeselect={false} onChange={(value) => setVersion(value ?? '')} />
          <Select label={t('rollouts.group')} description={t('agentVersions.groupHint')} data={groups} value={group} allowDeselect={false} onChange={(value) => setGroup(value ?? '')} />
        </Group>
        {plan.isError && <ErrorState error={plan.error} onRetry={plan.refetch} />}
        {plan.isPending && group !== '' && <Skeleton height={240} aria-busy="true" />}
        {plan.data !== undefined && version !== '' && <Plan key={group} proposed={plan.data.plan} group={group} version={version} onClose={onClose} />}
      </Stack>
    </Dialog>
  )
}
