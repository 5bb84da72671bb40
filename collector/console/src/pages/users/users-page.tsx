import type { UserView } from '@holdfast/collector/contract'
import { ActionIcon, Anchor, Button, Group, Menu, Select, Table, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { usersQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { listOf, oneOf, textOf } from '../../app/search-params.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { UserName } from '../../components/user-name.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { TRIGGER_EVENTS } from '../policies/policy-draft.ts'
import { ExpireDialog } from './expire-dialog.tsx'
import { ScoreDialog } from './score-dialog.tsx'

const FILTERS = ['openAlerts', 'trigger', 'byHand', 'priority', 'highImpact', 'inCase'] as const
const KINDS = [...TRIGGER_EVENTS, 'manual'] as const
const SORTS = ['risk', 'seen'] as const

interface Asked {
  readonly user: UserView
  readonly what: 'score' | 'policy' | 'expire'
}

const RowActions = ({ user, onAsk }: { readonly user: UserView; readonly onAsk: (what: Asked['what']) => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  const canExpire = may('alert.triage') && user.level !== undefined && user.level !== 'none'
  if (!may('user.score') && !canExpire) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon variant="default" aria-label={t('person.actions', { pseudonym: user.pseudonym })}><IconDots size={16} aria-hidden="true" /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {may('user.score') && <Menu.Item onClick={() => onAsk('score')}>{t('triggers.startButton')}</Menu.Item>}
        {may('user.score') && may('policy.read') && <Menu.Item onClick={() => onAsk('policy')}>{t('person.addToPolicy')}</Menu.Item>}
        {user.case !== undefined ? <Menu.Item component={Link} to={`/cases/${encodeURIComponent(user.case.id)}`}>{t('userList.addToCase')}</Menu.Item> : user.openAlerts > 0 && may('case.manage') && <Menu.Item component={Link} to={`/users/${encodeURIComponent(user.id)}?tab=alerts`}>{t('person.openCases')}</Menu.Item>}
        {canExpire && <Menu.Item onClick={() => onAsk('expire')}>{t('person.expireLevel')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}

const TriggerCell = ({ trigger }: Pick<UserView, 'trigger'>) => {
  const { t } = useTranslation()
  if (trigger === undefined) return <>–</>
  return <Text size="sm">{t(`triggerKind.${oneOf(trigger.kind, KINDS, 'manual')}`)}<br /><Text span size="xs" c="dimmed"><Instant at={trigger.until ?? trigger.at} /></Text></Text>
}

/** Whose activity is scored, by pseudonym. */
export const UsersPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  const search = textOf(raw['search'])
  const filters = listOf(raw['show'], FILTERS)
  const sort = oneOf(raw['sort'], SORTS, 'risk')
  const [asked, setAsked] = useState<Asked>()
  const users = useInfiniteQuery(usersQuery({ ...(search === undefined ? {} : { search }), ...Object.fromEntries(filters.map((key) => [key, true])), sort: sort === 'risk' ? '-riskScore' : 'firstSeen' }))
  const rows = users.data?.pages.flatMap(({ items }) => items) ?? []
  const empty = users.isSuccess && rows.length === 0
  const go = (next: { readonly search?: string | undefined; readonly show?: readonly string[]; readonly sort?: string | undefined }): void => void navigate({ to: '/users', search: { search, show: filters, sort: sort === 'risk' ? undefined : sort, ...next }, replace: true })
  const columns = [
    { key: 'user', title: t('users.column.user') }, { key: 'score', title: t('users.column.score'), numeric: true, sort: sort === 'risk' ? 'descending' : 'none' }, { key: 'severity', title: t('users.column.severity') }, { key: 'level', title: t('userList.level') }, { key: 'openAlerts', title: t('users.column.openAlerts'), numeric: true },
    { key: 'violations', title: t('userList.violations'), numeric: true }, { key: 'case', title: t('userList.case') }, { key: 'trigger', title: t('userList.trigger') }, { key: 'department', title: t('users.column.department') }, { key: 'actions', title: t('userList.action') },
  ] as const
  return (
    <>
      <PageHeader title={t('users.title')} />
      <section className="hf-panel" aria-label={t('users.table')}>
        <Group mb="sm" gap="sm">
          <SearchField label={t('users.search')} placeholder={t('userList.searchHint')} initial={search ?? ''} onSearch={(text) => go({ search: text })} />
          <Group gap={6} role="group" aria-label={t('userList.filter')}>
            {FILTERS.map((key) => { const on = filters.includes(key); return <Button key={key} size="compact-sm" variant={on ? 'filled' : 'default'} aria-pressed={on} onClick={() => go({ show: on ? filters.filter((one) => one !== key) : [...filters, key] })}>{t(`userList.filters.${key}`)}</Button> })}
          </Group>
          <Select size="xs" w={130} aria-label={t('userList.sort')} allowDeselect={false} data={SORTS.map((value) => ({ value, label: t(`userList.sorts.${value}`) }))} value={sort} onChange={(value) => go({ sort: value === 'risk' ? undefined : value ?? undefined })} />
        </Group>
        {users.isError && <ErrorState error={users.error} onRetry={users.refetch} />}
        {!users.isError && !empty && (
          <DataTable label={t('users.table')} columns={columns} loading={users.isPending} minWidth={900}>
            {rows.map((user) => (
              <Table.Tr key={user.id} data-user={user.id}>
                <Table.Td fw={600}><UserName user={user} /></Table.Td><Table.Td ta="end" className="hf-mono">{user.riskScore}</Table.Td><Table.Td>{user.severity === undefined ? '–' : <SeverityBadge severity={user.severity} />}</Table.Td>
                <Table.Td>{user.level === undefined || user.level === 'none' ? '–' : <Text size="sm">{t(`riskLevel.${user.level}`)}{user.levelExpiresAt !== undefined && <><br /><Text span size="xs" c="dimmed"><Instant at={user.levelExpiresAt} /></Text></>}</Text>}</Table.Td>
                <Table.Td ta="end" className="hf-mono">{user.openAlerts}</Table.Td><Table.Td ta="end" className="hf-mono">{user.confirmedViolations ?? 0}</Table.Td>
                <Table.Td>{user.case === undefined ? '–' : <Anchor component={Link} to={`/cases/${encodeURIComponent(user.case.id)}`} size="sm">{user.case.name}</Anchor>}</Table.Td><Table.Td><TriggerCell {...(user.trigger === undefined ? {} : { trigger: user.trigger })} /></Table.Td>
                <Table.Td>{user.department ?? (user.kind === 'system' ? t('users.kinds.system') : '–')}</Table.Td><Table.Td><RowActions user={user} onAsk={(what) => setAsked({ user, what })} /></Table.Td>
              </Table.Tr>
            ))}
          </DataTable>
        )}
        {empty && (search !== undefined || filters.length > 0
          ? <EmptyState title={t('users.filtered.title')} body={t('users.filtered.body')}><Button variant="default" onClick={() => void navigate({ to: '/users' })}>{t('common.clearFilters')}</Button></EmptyState>
          : <EmptyState title={t('users.never.title')} body={t('users.never.body')}><Button component={Link} to="/devices">{t('users.never.action')}</Button></EmptyState>)}
        {rows.length > 0 && <MoreButton pages={users} shown={rows.length} total={users.data?.pages[0]?.total} />}
      </section>
      {asked?.what === 'expire' && <ExpireDialog userId={asked.user.id} onClose={() => setAsked(undefined)} />}
      {asked !== undefined && asked.what !== 'expire' && <ScoreDialog userId={asked.user.id} opened onClose={() => setAsked(undefined)} withPolicy={asked.what === 'policy'} />}
    </>
  )
}
