import type { AccessSettingsView } from '@holdfast/collector/contract'
import { ActionIcon, Alert, Button, Checkbox, Group, MultiSelect, PasswordInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { accessSettingsQuery, saveAccessSettings, testOidc } from '../../api/access.ts'
import { accountsQuery } from '../../api/queries.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const NEW_PROVIDER = { enabled: false, issuer: '', clientId: '', label: '', scopes: ['email', 'profile'], groupsClaim: 'groups', rolesFromGroups: false, justInTime: false }

/** Second factor by role, groups and roles, the identity provider: one form, saved as one revision. */
export const AccessForm = ({ settings }: { readonly settings: AccessSettingsView }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const accounts = useQuery(accountsQuery())
  const roles = accounts.data?.roles.map(({ name }) => name) ?? []
  const [required, setRequired] = useState(settings.requireSecondFactor)
  const [groups, setGroups] = useState(settings.groupRoles.map((row, id) => ({ ...row, id })))
  const { hasClientSecret, ...stored } = settings.oidc ?? { ...NEW_PROVIDER, hasClientSecret: false }
  const [oidc, setOidc] = useState(stored)
  const [scopes, setScopes] = useState(stored.scopes.join(' '))
  const [secret, setSecret] = useState('')
  const change = (part: Partial<typeof oidc>) => setOidc((before) => ({ ...before, ...part }))
  const isEmpty = oidc.issuer === '' && !oidc.enabled
  const save = useMutation({
    mutationFn: () => saveAccessSettings(settings.revision, {
      requireSecondFactor: required, groupRoles: groups.map(({ group, roles: given }) => ({ group, roles: given })), oidc: isEmpty ? null : { ...oidc, scopes: scopes.split(/\s+/).filter((word) => word !== ''), ...(secret === '' ? {} : { clientSecret: secret }) },
    }),
    onSuccess: (saved) => client.setQueryData(accessSettingsQuery().queryKey, saved),
  })
  const test = useMutation({ mutationFn: () => testOidc(oidc.issuer, oidc.clientId) })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  const changeGroup = (id: number, part: Partial<(typeof groups)[number]>) => setGroups((rows) => rows.map((row) => (row.id === id ? { ...row, ...part } : row)))
  return (
    <form onSubmit={submit}>
      <Stack>
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          <Panel title={t('access.factors')}>
            <Checkbox.Group aria-label={t('access.factors')} description={t('access.factorsHint')} value={required} onChange={setRequired}><Stack gap="xs" mt="xs">{roles.map((role) => <Checkbox key={role} value={role} label={role} />)}</Stack></Checkbox.Group>
          </Panel>
          <Panel title={t('access.groups')} actions={<Button size="xs" variant="default" onClick={() => setGroups((rows) => [...rows, { group: '', roles: [], id: Math.max(-1, ...rows.map((row) => row.id)) + 1 }])}>{t('access.addGroup')}</Button>}>
            <Stack gap="sm">
              <Text size="sm" c="dimmed">{t('access.groupsHint')}</Text>
              {groups.map((row) => (
                <Group key={row.id} align="flex-end" wrap="nowrap">
                  <TextInput label={t('access.group')} value={row.group} onChange={(event) => changeGroup(row.id, { group: event.currentTarget.value })} required flex={1} />
                  <MultiSelect label={t('access.roles')} description={t('help.roles')} data={roles} value={row.roles} onChange={(value) => changeGroup(row.id, { roles: value })} required flex={1} />
                  <ActionIcon variant="default" size={36} aria-label={t('access.removeGroup', { group: row.group })} onClick={() => setGroups((rows) => rows.filter(({ id }) => id !== row.id))}><IconTrash size={16} aria-hidden="true" /></ActionIcon>
                </Group>
              ))}
              <Facts rows={[[t('access.scim'), <span key="scim" className="hf-code">{settings.scimBase}</span>]]} />
            </Stack>
          </Panel>
        </SimpleGrid>
        <Panel title={t('access.oidc')}>
          <Stack gap="sm">
            <Switch label={t('access.oidcOn')} description={t('access.breakGlass')} checked={oidc.enabled} onChange={(event) => change({ enabled: event.currentTarget.checked })} />
            <Facts rows={[[t('access.redirect'), <span key="redirect" className="hf-code">{settings.redirectUri}</span>]]} />
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              <TextInput label={t('access.issuer')} description={t('access.issuerHint')} value={oidc.issuer} onChange={(event) => change({ issuer: event.currentTarget.value.trim() })} required={oidc.enabled} />
              <TextInput label={t('access.label')} description=" " value={oidc.label} onChange={(event) => change({ label: event.currentTarget.value })} required={!isEmpty} />
              <TextInput label={t('access.clientId')} description=" " value={oidc.clientId} onChange={(event) => change({ clientId: event.currentTarget.value.trim() })} required={!isEmpty} autoComplete="off" />
              <PasswordInput label={t('access.clientSecret')} description={t(hasClientSecret ? 'access.secretKept' : 'access.secretNone')} value={secret} onChange={(event) => setSecret(event.currentTarget.value)} autoComplete="new-password" />
              <TextInput label={t('access.scopes')} description={t('access.scopesHint')} value={scopes} onChange={(event) => setScopes(event.currentTarget.value)} />
              <TextInput label={t('access.claim')} description=" " value={oidc.groupsClaim} onChange={(event) => change({ groupsClaim: event.currentTarget.value.trim() })} required />
            </SimpleGrid>
            <Switch label={t('access.rolesFromGroups')} description={t('help.rolesFromGroups')} checked={oidc.rolesFromGroups} onChange={(event) => change({ rolesFromGroups: event.currentTarget.checked })} />
            <Switch label={t('access.justInTime')} description={t('help.justInTime')} checked={oidc.justInTime} onChange={(event) => change({ justInTime: event.currentTarget.checked })} />
            {test.isError && <ErrorState error={test.error} />}
            {test.data !== undefined && <Alert variant="outline" color="green" role="status"><Text size="sm" c="bright">{t('access.found', { endpoint: test.data.authorizationEndpoint })}{test.data.endSession ? '' : ` ${t('access.noEndSession')}`}</Text></Alert>}
            <Group><Button variant="default" loading={test.isPending} disabled={oidc.issuer === '' || oidc.clientId === ''} onClick={() => test.mutate()}>{t('access.test')}</Button></Group>
          </Stack>
        </Panel>
        {save.isError && <ErrorState error={save.error} />}
        <Group><Button type="submit" loading={save.isPending}>{t('common.save')}</Button>{save.isSuccess && <Text size="sm" role="status">{t('access.saved')}</Text>}</Group>
      </Stack>
    </form>
  )
}
