import type { UserProfile } from '@holdfast/collector/contract'
import { Anchor, Group, Skeleton, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { userProfileQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { UserName } from '../../components/user-name.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`

/** Hours as stretches, round midnight too: `22:00–02:00, 09:00–18:00`. */
export function hourStretches(active: readonly number[]): string {
  if (active.length === 24) return '00:00–24:00'
  const set = new Set(active)
  const starts = active.filter((hour) => !set.has((hour + 23) % 24))
  return starts.map((start) => {
    let end = start
    while (set.has(end % 24)) end += 1
    return `${clock(start)}–${clock(end)}`
  }).join(', ')
}

const Policies = ({ profile }: { readonly profile: UserProfile }) => {
  const { t } = useTranslation()
  const state = (policy: UserProfile['policies'][number]): string => (policy.status !== 'on' ? t('person.policies.off') : t(policy.activeUntil === undefined ? 'person.policies.waiting' : 'person.policies.active'))
  return (
    <Panel title={t('person.policies.title')}>
      {profile.policies.length === 0 ? <Text size="sm" c="dimmed">{t('person.policies.none')}</Text> : (
        <DataTable label={t('person.policies.title')} columns={(['name', 'state', 'until', 'why'] as const).map((key) => ({ key, title: t(`person.policies.${key}`) }))}>
          {profile.policies.map((policy) => <Table.Tr key={policy.id}><Table.Td><Anchor component={Link} to={`/policies/${encodeURIComponent(policy.id)}`} size="sm">{policy.name}</Anchor></Table.Td><Table.Td>{state(policy)}</Table.Td><Table.Td className="hf-mono">{policy.activeUntil ?? '–'}</Table.Td><Table.Td>{policy.trigger ?? '–'}</Table.Td></Table.Tr>)}
        </DataTable>
      )}
    </Panel>
  )
}

/** Who the person is at work, under the pseudonym. */
export const ProfilePanel = ({ userId }: { readonly userId: string }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { data, isError, error, refetch } = useQuery(userProfileQuery(userId))
  if (data === undefined) return isError ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton height={300} />
  const { riskLevel, workingHours } = data
  const level = riskLevel.level === 'none' ? t('riskLevel.none') : <span>{t(`riskLevel.${riskLevel.level}`)}{riskLevel.expiresAt !== undefined && <> · <Instant at={riskLevel.expiresAt} /></>} · {riskLevel.reason}</span>
  return (
    <Stack>
      <Panel title={t('person.profile.title')}>
        <Facts rows={[
          [t('person.profile.kind'), t(`users.kinds.${data.kind}`)], [t('person.profile.department'), data.department], [t('person.profile.job'), data.title], [t('person.profile.manager'), data.manager && <UserName user={data.manager} />], [t('person.profile.country'), data.country], [t('person.profile.jobLevel'), data.jobLevel],
          [t('person.profile.employeeType'), data.employeeType], [t('person.profile.lastWorkingDay'), data.lastWorkingDay && <Instant at={data.lastWorkingDay} />], [t('person.profile.groups'), data.groups.join(', ')],
          [t('person.profile.devices'), data.devices.length === 0 ? undefined : <Group key="devices" gap="xs">{data.devices.map((device) => (may('device.read') ? <Anchor key={device.id} component={Link} to={`/devices/${encodeURIComponent(device.id)}`} size="sm">{device.name ?? device.id}</Anchor> : <span key={device.id}>{device.name ?? device.id}</span>))}</Group>],
          [t('person.profile.level'), level], [t('person.profile.priorityGroups'), data.priorityGroups.map(({ name }) => name).join(', ')],
          [t('person.profile.highImpact'), data.highImpact.map(({ code, count }) => t(`person.impact.${code}`, { count: count ?? 0 })).join('; ')],
          [t('person.profile.hours'), workingHours === undefined ? t('person.profile.hoursUnknown') : `${hourStretches(workingHours.active)} (${t('person.profile.hoursOf', { count: workingHours.days })})`],
          [t('person.profile.violations'), data.violations.length === 0 ? t('person.profile.noViolations') : <Group key="violations" gap="xs">{data.violations.map(({ at, caseId }) => (caseId === undefined ? <Instant key={at} at={at} /> : <Anchor key={at} component={Link} to={`/cases/${encodeURIComponent(caseId)}`} size="sm"><Instant at={at} /></Anchor>))}</Group>],
          [t('person.profile.firstSeen'), <Instant key="first" at={data.firstSeenAt} />],
        ]} />
      </Panel>
      <Policies profile={data} />
    </Stack>
  )
}

