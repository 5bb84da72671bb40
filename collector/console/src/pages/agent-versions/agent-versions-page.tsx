import '../../i18n/administration-texts.ts'
import type { AgentPackageView, AgentVersionsView } from '@holdfast/collector/contract'
import { Anchor, Button, FileButton, Group, Progress, Skeleton, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { agentUpgradesQuery, agentVersionsQuery, distrustKey, releaseFiles, removePackage, trustKey, uploadRelease } from '../../api/agent-versions.ts'
import { useMay } from '../../app/permissions.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { formatBytes, formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { RolloutBadge, StateBar } from '../rollouts/rollout-parts.tsx'
import { StartDialog } from './start-dialog.tsx'

const tones = { ready: 'good', receiving: 'warn', missing: 'bad' } as const

/** Uploads: the file of a release with the two beside it. */
const Upload = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [percent, setPercent] = useState(0)
  const upload = useMutation({
    mutationFn: (files: readonly File[]) => {
      const found = releaseFiles(files)
      if (found === undefined) throw new Error(t('agentVersions.threeFiles'))
      setPercent(0)
      return uploadRelease(found, setPercent)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['agent-versions'] }),
  })
  return (
    <Stack gap="xs" mt="sm">
      <Group><FileButton multiple onChange={(files) => upload.mutate(files)}>{(props) => <Button variant="default" loading={upload.isPending} {...props}>{t('agentVersions.upload')}</Button>}</FileButton><Text size="sm" c="dimmed">{t('agentVersions.uploadHint')}</Text></Group>
      {upload.isPending && <Progress value={percent} aria-label={t('agentVersions.upload')} />}
      {upload.isError && <ErrorState error={upload.error} />}
    </Stack>
  )
}

const Packages = ({ packages, hasKeys }: { readonly packages: readonly AgentPackageView[]; readonly hasKeys: boolean }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const manages = useMay()('upgrade.manage')
  const remove = useMutation({ mutationFn: removePackage, onSettled: () => client.invalidateQueries({ queryKey: ['agent-versions'] }) })
  const columns = [{ key: 'version', title: t('agentVersions.version') }, { key: 'platform', title: t('agentVersions.platform') }, { key: 'state', title: t('rollouts.stateTitle') }, { key: 'size', title: t('agentVersions.size'), numeric: true }, { key: 'devices', title: t('agentVersions.runIt'), numeric: true }, { key: 'key', title: t('agentVersions.key') }, { key: 'added', title: t('agentVersions.added') }, ...(manages ? [{ key: 'act', title: t('agentVersions.act') }] : [])]
  return (
    <Panel title={t('agentVersions.packages')}>
      {packages.length === 0 && <EmptyState title={t('agentVersions.noPackages.title')} body={t('agentVersions.noPackages.body')} />}
      {packages.length > 0 && (
        <DataTable label={t('agentVersions.packages')} columns={columns} minWidth={860}>
          {packages.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Th scope="row" className="hf-mono">{row.version}</Table.Th><Table.Td className="hf-code">{row.platform}</Table.Td>
              <Table.Td><StateBadge tone={tones[row.state]}>{t(`agentVersions.state.${row.state}`)}</StateBadge>{row.state !== 'ready' && <Text size="xs" c="dimmed">{formatBytes(row.receivedBytes)} / {formatBytes(row.sizeBytes)}</Text>}</Table.Td>
              <Table.Td ta="end" className="hf-mono">{formatBytes(row.sizeBytes)}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(row.devices)}</Table.Td><Table.Td className="hf-code">{row.keyId}</Table.Td>
              <Table.Td><Instant at={row.addedAt} /><Text size="xs" c="dimmed">{row.addedBy}</Text></Table.Td>
              {manages && <Table.Td><Button size="compact-sm" variant="default" aria-label={t('agentVersions.removeOf', { version: row.version, platform: row.platform })} loading={remove.isPending && remove.variables === row.id} onClick={() => remove.mutate(row.id)}>{t('agentVersions.remove')}</Button></Table.Td>}
            </Table.Tr>
          ))}
        </DataTable>
      )}
      {remove.isError && <ErrorState error={remove.error} />}
      {manages && hasKeys && <Upload />}
    </Panel>
  )
}

const Keys = ({ keys }: Pick<AgentVersionsView, 'keys'>) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const manages = useMay()('upgrade.manage')
  const refresh = () => client.invalidateQueries({ queryKey: ['agent-versions'] })
  const trust = useMutation({ mutationFn: async (file: File) => trustKey(await file.text()), onSettled: refresh })
  const distrust = useMutation({ mutationFn: distrustKey, onSettled: refresh })
  return (
    <Panel title={t('agentVersions.keys')}>
      <Text size="sm" c="dimmed" mb="sm" maw={820}>{t('agentVersions.keysIntro')}</Text>
      {keys.map(({ keyId, addedAt, addedBy }) => (
        <Group key={keyId} gap="md" mb="xs"><Text className="hf-code">{keyId}</Text><Text size="sm" c="dimmed">{addedBy}, <Instant at={addedAt} /></Text>{manages && <Button size="compact-sm" variant="default" aria-label={t('agentVersions.distrustOf', { key: keyId })} onClick={() => distrust.mutate(keyId)}>{t('agentVersions.distrust')}</Button>}</Group>
      ))}
      {(trust.isError || distrust.isError) && <ErrorState error={trust.error ?? distrust.error} />}
      {manages && <FileButton accept=".pem" onChange={(file) => file !== null && trust.mutate(file)}>{(props) => <Button variant="default" loading={trust.isPending} {...props}>{t('agentVersions.trust')}</Button>}</FileButton>}
    </Panel>
  )
}

const UNABLE = ['NOT_INSTALLED', 'NOT_ROOT', 'NO_KEY', 'PLATFORM', 'UNKNOWN'] as const

/** What runs where, and who takes other versions. */
const Fleet = ({ fleet }: Pick<AgentVersionsView, 'fleet'>) => {
  const { t } = useTranslation()
  const columns = [{ key: 'group', title: t('rollouts.group') }, { key: 'version', title: t('agentVersions.version') }, { key: 'platform', title: t('agentVersions.platform') }, { key: 'takes', title: t('agentVersions.takes') }, { key: 'devices', title: t('rollouts.devices'), numeric: true }]
  return (
    <Panel title={t('agentVersions.fleet')}>
      {fleet.length === 0 && <Text size="sm" c="dimmed">{t('agentVersions.noDevices')}</Text>}
      {fleet.length > 0 && (
        <DataTable label={t('agentVersions.fleet')} columns={columns} minWidth={620}>
          {fleet.map((row) => {
            const why = UNABLE.find((code) => code === row.unable)
            return (
              <Table.Tr key={`${row.group} ${row.version} ${row.platform} ${row.unable} ${row.keyId}`}>
                <Table.Td>{row.group}</Table.Td><Table.Td className="hf-mono">{row.version === '' ? '–' : row.version}</Table.Td><Table.Td className="hf-code">{row.platform === '' ? '–' : row.platform}</Table.Td>
                <Table.Td>{row.unable === '' ? <Text size="sm">{t('agentVersions.able', { key: row.keyId })}</Text> : <Text size="sm">{why === undefined ? row.unable : t(`agentVersions.unable.${why}`)}</Text>}</Table.Td><Table.Td ta="end" className="hf-mono">{formatCount(row.devices)}</Table.Td>
              </Table.Tr>
            )
          })}
        </DataTable>
      )}
    </Panel>
  )
}

const Upgrades = () => {
  const { t } = useTranslation()
  const upgrades = useInfiniteQuery(agentUpgradesQuery())
  const rows = upgrades.data?.pages.flatMap(({ items }) => items) ?? []
  const columns = [{ key: 'version', title: t('agentVersions.version') }, { key: 'group', title: t('rollouts.group') }, { key: 'state', title: t('rollouts.stateTitle') }, { key: 'ring', title: t('rollouts.ring') }, { key: 'far', title: t('rollouts.far') }, { key: 'begun', title: t('rollouts.begun') }]
  return (
    <Panel title={t('agentVersions.upgrades')}>
      {upgrades.isError && <ErrorState error={upgrades.error} onRetry={upgrades.refetch} />}
      {upgrades.isSuccess && rows.length === 0 && <Text size="sm" c="dimmed">{t('agentVersions.noUpgrades')}</Text>}
      {(upgrades.isPending || rows.length > 0) && (
        <DataTable label={t('agentVersions.upgrades')} columns={columns} loading={upgrades.isPending} minWidth={820}>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td><Anchor component={Link} to={`/agent-versions/${encodeURIComponent(row.id)}`} fw={600} size="sm" className="hf-mono">{row.version}</Anchor></Table.Td><Table.Td>{row.group}</Table.Td>
              <Table.Td><RolloutBadge state={row.state} />{row.halt !== undefined && <Text size="xs" c="dimmed">{t(`rollouts.rule.${row.halt.rule}`)}</Text>}</Table.Td><Table.Td className="hf-mono">{row.ring}/{row.rings}</Table.Td>
              <Table.Td><StateBar counts={row.counts} devices={row.devices} label={`${row.version}, ${row.group}`} /></Table.Td><Table.Td><Instant at={row.createdAt} /><Text size="xs" c="dimmed">{row.createdBy}</Text></Table.Td>
            </Table.Tr>
          ))}
        </DataTable>
      )}
      {rows.length > 0 && <MoreButton pages={upgrades} shown={rows.length} total={upgrades.data?.pages[0]?.total} />}
    </Panel>
  )
}

/** Releases of the agent, what devices run, and versions on their way. */
export const AgentVersionsPage = () => {
  const { t } = useTranslation()
  const versions = useQuery(agentVersionsQuery())
  const [starting, setStarting] = useState(false)
  const manages = useMay()('upgrade.manage')
  const found = versions.data
  const canStart = found?.packages.some(({ state }) => state === 'ready') === true && found.fleet.length > 0
  return (
    <>
      <PageHeader title={t('agentVersions.title')} intro={t('agentVersions.intro')}>{manages && <Button disabled={!canStart} onClick={() => setStarting(true)}>{t('agentVersions.open')}</Button>}</PageHeader>
      {versions.isPending && <Skeleton height={320} aria-busy="true" />}
      {versions.isError && <ErrorState error={versions.error} onRetry={versions.refetch} />}
      {found !== undefined && <Stack><Upgrades /><Packages packages={found.packages} hasKeys={found.keys.length > 0} /><Fleet fleet={found.fleet} /><Keys keys={found.keys} /></Stack>}
      {starting && found !== undefined && <StartDialog found={found} onClose={() => setStarting(false)} />}
    </>
  )
}
