import type { GroupRulesView } from '@holdfast/collector/contract'
import { ActionIcon, Autocomplete, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { groupRulesQuery, saveGroupRules } from '../../api/fleet.ts'
import { useMayGroups } from '../../app/permissions.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'

type Rule = GroupRulesView['rules'][number]
/** A rule as a form has it: empty means not asked. */
export type RuleForm = Readonly<Record<'group' | 'os' | 'hostname' | 'tag' | 'agentVersion' | 'network', string>>

export const ruleFormOf = ({ group, os, hostname = '', tag = '', agentVersion = '', network = '' }: Partial<Rule>): RuleForm => ({ group: group ?? '', os: os ?? '', hostname, tag, agentVersion, network })
const OSES = ['linux', 'darwin', 'windows'] as const

/** @returns undefined where it has no group or asks nothing */
export function ruleOf({ group, os, hostname, tag, agentVersion, network }: RuleForm): Rule | undefined {
  const known = OSES.find((one) => one === os)
  const conditions = { ...(known === undefined ? {} : { os: known }), ...(hostname.trim() === '' ? {} : { hostname: hostname.trim() }), ...(tag.trim() === '' ? {} : { tag: tag.trim() }), ...(agentVersion.trim() === '' ? {} : { agentVersion: agentVersion.trim() }), ...(network.trim() === '' ? {} : { network: network.trim() }) }
  return group.trim() === '' || Object.keys(conditions).length === 0 ? undefined : { group: group.trim(), ...conditions }
}

/** The rules that say which group a device belongs to, in the order in which they are asked. */
export const RulesPanel = ({ groups }: { readonly groups: readonly string[] }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(groupRulesQuery())
  const [draft, setDraft] = useState<readonly RuleForm[]>()
  const save = useMutation({
    mutationFn: (rules: GroupRulesView['rules']) => saveGroupRules(query.data?.revision ?? 0, rules),
    onSuccess: async () => {
      setDraft(undefined)
      notifications.show({ message: t('fleet.changed'), closeButtonProps: { 'aria-label': t('common.close') } })
      await Promise.all([client.invalidateQueries({ queryKey: ['groups'] }), client.invalidateQueries({ queryKey: ['devices'] })])
    },
  })
  const rows = draft ?? query.data?.rules.map(ruleFormOf) ?? []
  const edits = useMayGroups().rules
  const rules = rows.flatMap((row) => ruleOf(row) ?? [])
  const set = (index: number, part: Partial<RuleForm>): void => setDraft(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  const up = (index: number): void => setDraft(rows.map((row, at) => (at === index - 1 ? (rows[index] ?? row) : at === index ? (rows[index - 1] ?? row) : row)))
  return (
    <Panel title={t('fleet.rules')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">{t('fleet.rulesIntro')}</Text>
        {rows.some(({ network }) => network !== '') && <Text size="sm" c="dimmed">{t('fleet.networkNote')}</Text>}
        {query.isError && <ErrorState error={query.error} onRetry={query.refetch} />}
        {query.isSuccess && rows.length === 0 && <Text size="sm">{t('fleet.noRules')}</Text>}
        {rows.map((row, index) => (
          // Rules have no id of their own; their place is what they are known by.
          // eslint-disable-next-line react/no-array-index-key
          <fieldset key={index} disabled={!edits} style={{ border: 0, padding: 0, margin: 0 }}>
            <Text component="legend" size="sm" fw={600}>{t('fleet.rule', { number: index + 1 })}{draft === undefined && query.data?.matches[index] !== undefined && ` · ${t('fleet.matches', { count: query.data.matches[index] })}`}</Text>
            <Group gap="xs" align="flex-end">
              <Autocomplete label={t('fleet.group')} description={t('fleet.rule', { number: index + 1 })} value={row.group} onChange={(group) => set(index, { group })} data={[...groups]} w={150} />
              <Select label={t('fleet.os')} description={t('fleet.osHint')} value={row.os === '' ? null : row.os} placeholder={t('fleet.anyOs')} onChange={(os) => set(index, { os: os ?? '' })} data={[{ value: 'linux', label: t('enrol.linux') }, { value: 'darwin', label: t('enrol.macos') }, { value: 'windows', label: t('enrol.windows') }]} clearable w={120} />
              <TextInput label={t('fleet.hostname')} description={t('fleet.anyText')} value={row.hostname} onChange={(event) => set(index, { hostname: event.currentTarget.value })} w={150} />
              <TextInput label={t('fleet.tag')} description={t('fleet.tagRule')} value={row.tag} onChange={(event) => set(index, { tag: event.currentTarget.value })} w={120} />
              <TextInput label={t('fleet.version')} description={t('fleet.anyText')} value={row.agentVersion} onChange={(event) => set(index, { agentVersion: event.currentTarget.value })} w={120} />
              <TextInput label={t('fleet.network')} description={t('fleet.networkHint')} placeholder="10.20.0.0/16" value={row.network} onChange={(event) => set(index, { network: event.currentTarget.value })} w={160} />
              {edits && <ActionIcon variant="default" size="lg" aria-label={t('fleet.upRule', { number: index + 1 })} disabled={index === 0} onClick={() => up(index)}><IconArrowUp size={16} aria-hidden="true" /></ActionIcon>}
              {edits && <ActionIcon variant="default" size="lg" aria-label={t('fleet.removeRule', { number: index + 1 })} onClick={() => setDraft(rows.filter((_, at) => at !== index))}><IconTrash size={16} aria-hidden="true" /></ActionIcon>}
            </Group>
          </fieldset>
        ))}
        {draft !== undefined && rules.length < rows.length && <Text size="sm">{t('fleet.emptyRule')}</Text>}
        {save.isError && <ErrorState error={save.error} />}
        {edits && (
          <Group>
            <Button variant="default" leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setDraft([...rows, ruleFormOf({})])}>{t('fleet.addRule')}</Button>
            {draft !== undefined && <Button loading={save.isPending} disabled={rules.length < rows.length} onClick={() => save.mutate(rules)}>{t('fleet.saveRules')}</Button>}
            {draft !== undefined && <Button variant="subtle" c="bright" onClick={() => setDraft(undefined)}>{t('common.cancel')}</Button>}
          </Group>
        )}
      </Stack>
    </Panel>
  )
}
