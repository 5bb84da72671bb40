import type { BundleView } from '@holdfast/collector/contract'
import { Alert, Button, Checkbox, Group, NumberInput, Progress, Radio, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { bundlesQuery, deleteBundle, downloadBundle, makeBundle, signingKeyQuery } from '../../api/escalation.ts'
import { useMay } from '../../app/permissions.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { formatBytes } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ReasonForm } from './reason-form.tsx'
import { useDeed } from './use-deed.tsx'

const MakeDialog = ({ caseId, onClose }: { readonly caseId: string; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { run, pending } = useDeed()
  const [names, setNames] = useState<'pseudonymous' | 'named'>('pseudonymous')
  const [content, setContent] = useState(true)
  const [days, setDays] = useState(7)
  const go = (reason: string): void => run(() => makeBundle(caseId, { reason, names, content: content && may('evidence.read'), days }), t('escalation.bundle.started'), onClose)
  return (
    <ReasonForm title={t('escalation.bundle.title')} submit={t('escalation.bundle.submit')} pending={pending} onClose={onClose} onReason={go}>
      <Text size="sm" c="dimmed">{t('escalation.bundle.intro')}</Text>
      <Radio.Group label={t('escalation.bundle.names')} value={names} onChange={(value) => setNames(value === 'named' ? 'named' : 'pseudonymous')}>
        <Stack gap={6} mt={6}><Radio value="pseudonymous" label={t('escalation.bundle.pseudonymous')} /><Radio value="named" label={t('escalation.bundle.named')} disabled={!may('user.reveal')} /></Stack>
      </Radio.Group>
      {may('evidence.read') && <Checkbox label={t('escalation.bundle.content')} description={t('help.bundleContent')} checked={content} onChange={(event) => setContent(event.currentTarget.checked)} />}
      {content && <Alert color="orange" variant="outline"><Text size="sm">{t('escalation.bundle.contentWarn')}</Text></Alert>}
      <NumberInput label={t('escalation.days')} description={t('help.bundleDays')} min={1} max={90} value={days} onChange={(value) => setDays(Math.min(90, Math.max(1, Number(value) || 1)))} w={200} />
    </ReasonForm>
  )
}

const BundleRow = ({ bundle, onDownload }: { readonly bundle: BundleView; readonly onDownload: () => void }) => {
  const { t } = useTranslation()
  const { run, pending } = useDeed()
  const id = bundle.id.slice(-8)
  return (
    <Table.Tr>
      <Table.Td><Instant at={bundle.createdAt} /><Text size="xs" c="dimmed">{bundle.by.name}</Text></Table.Td>
      <Table.Td miw={130}>{bundle.state === 'running' ? <Progress value={bundle.progress} aria-label={t('escalation.bundle.progress', { id })} /> : <StateBadge tone={bundle.state === 'failed' ? 'bad' : bundle.state === 'done' ? 'good' : 'warn'}>{t(`escalation.bundle.states.${bundle.state}`)}</StateBadge>}{bundle.code !== undefined && <Text size="xs" c="dimmed" className="hf-mono">{bundle.code}</Text>}</Table.Td>
      <Table.Td maw={260} style={{ overflowWrap: 'anywhere' }}><Text size="sm">{t(`escalation.bundle.${bundle.names}`)}</Text><Text size="xs" c="dimmed">{bundle.reason}</Text></Table.Td>
      <Table.Td>{bundle.sizeBytes === undefined ? '–' : formatBytes(bundle.sizeBytes)}{bundle.sha256 !== undefined && <Text size="xs" c="dimmed" className="hf-mono" title={`${t('escalation.bundle.hash')}: ${bundle.sha256}`}>{bundle.sha256.slice(0, 16)}…</Text>}</Table.Td>
      <Table.Td><Instant at={bundle.expiresAt} /></Table.Td>
      <Table.Td><Group gap={6} wrap="nowrap">{bundle.state === 'done' && <Button size="compact-sm" onClick={onDownload} aria-label={t('escalation.bundle.downloadOf', { id })}>{t('escalation.bundle.download')}</Button>}<Button size="compact-sm" variant="default" loading={pending} aria-label={t('escalation.bundle.removeOf', { id })} onClick={() => run(() => deleteBundle(bundle.id), t('escalation.done'))}>{t('escalation.bundle.remove')}</Button></Group></Table.Td>
    </Table.Tr>
  )
}

/** Bundles of a case, for who may take one away. */
export const BundlePanel = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation()
  const { run, pending } = useDeed()
  const [making, setMaking] = useState(false)
  const [downloading, setDownloading] = useState<string>()
  const bundles = useQuery(bundlesQuery(caseId))
  const { data: key } = useQuery(signingKeyQuery())
  const columns = [{ key: 'at', title: t('escalation.at') }, { key: 'state', title: t('escalation.state') }, { key: 'names', title: t('escalation.bundle.names') }, { key: 'size', title: t('escalation.bundle.size') }, { key: 'until', title: t('escalation.bundle.expires') }, { key: 'action', title: t('escalation.action') }]
  const items = bundles.data?.items ?? []
  return (
    <Panel title={t('escalation.bundle.title')} actions={<Button size="xs" onClick={() => setMaking(true)}>{t('escalation.bundle.button')}</Button>}>
      <Text size="sm" c="dimmed" mb="sm">{t('escalation.bundle.intro')}</Text>
      {bundles.isError && <ErrorState error={bundles.error} onRetry={bundles.refetch} />}
      {bundles.isSuccess && items.length === 0 ? <Text size="sm">{t('escalation.bundle.none')}</Text> : <DataTable label={t('escalation.bundle.table')} columns={columns} loading={bundles.isPending} minWidth={860}>{items.map((bundle) => <BundleRow key={bundle.id} bundle={bundle} onDownload={() => setDownloading(bundle.id)} />)}</DataTable>}
      {key !== undefined && <Group mt="md" gap="sm"><div><Text size="sm" fw={600}>{t('escalation.bundle.key')}</Text><Text size="xs" className="hf-mono" style={{ overflowWrap: 'anywhere' }}>{key.fingerprint}</Text><Text size="xs" c="dimmed">{t('escalation.bundle.keyHint')}</Text></div><CopyButton text={key.fingerprint} label={t('common.copy')} /></Group>}
      {making && <MakeDialog caseId={caseId} onClose={() => setMaking(false)} />}
      {downloading !== undefined && <ReasonForm title={t('escalation.bundle.downloadTitle')} submit={t('escalation.bundle.download')} pending={pending} onClose={() => setDownloading(undefined)} onReason={(reason) => run(() => downloadBundle(downloading, reason), t('escalation.done'), () => setDownloading(undefined))} />}
    </Panel>
  )
}
