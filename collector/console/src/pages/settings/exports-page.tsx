import '../../i18n/administration-texts.ts'
import type { TargetView } from '@holdfast/collector/contract'
import { Anchor, Button, Group, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { exportsQuery } from '../../api/exports.ts'
import { useMay } from '../../app/permissions.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { TargetDetails } from './exports-details.tsx'
import { FeedPanel } from './exports-feed-panel.tsx'
import { placeText } from './exports-form.ts'
import { TargetForm } from './exports-target-form.tsx'

const tones: Readonly<Record<TargetView['state'], Tone>> = { good: 'good', behind: 'quiet', failing: 'warn', open: 'bad', paused: 'quiet' }

/** What waits, and how long the oldest has. */
const Lag = ({ lag }: { readonly lag: TargetView['lag'] }) => {
  const { t } = useTranslation()
  if (lag.records === 0) return <>{t('exports.lagNone')}</>
  const age = lag.seconds < 120 ? t('exports.seconds', { count: lag.seconds }) : lag.seconds < 7200 ? t('exports.minutes', { count: Math.round(lag.seconds / 60) }) : t('exports.hours', { count: Math.round(lag.seconds / 3600) })
  return <>{t('exports.lagSome', { count: lag.records, age })}</>
}

const TargetRow = ({ target, onOpen }: { readonly target: TargetView; readonly onOpen: () => void }) => {
  const { t } = useTranslation()
  return (
    <Table.Tr>
      <Table.Td fw={600}>{target.name}{target.names && <Text size="xs" c="dimmed">{t('exports.toldNames')}</Text>}</Table.Td>
      <Table.Td>{t(`exports.kinds.${target.place.kind}`)}<Text size="xs" c="dimmed">{t(`exports.formats.${target.format}`)}</Text></Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }} className="hf-code">{placeText(target)}</Table.Td>
      <Table.Td><StateBadge tone={tones[target.state]}>{t(`exports.states.${target.state}`)}</StateBadge>{target.problem !== undefined && <Text size="xs" maw={280}>{t(`exports.advice.${target.problem.kind}`)}</Text>}</Table.Td>
      <Table.Td><Lag lag={target.lag} /></Table.Td>
      <Table.Td ta="end">{target.sent}</Table.Td>
      <Table.Td ta="end">{target.deadLetters}</Table.Td>
      <Table.Td><Button variant="default" size="xs" aria-label={t('exports.detailsOf', { name: target.name })} onClick={onOpen}>{t('exports.details')}</Button></Table.Td>
    </Table.Tr>
  )
}

type Open = { readonly what: 'form' | 'details'; readonly id: string | undefined }

const Targets = () => {
  const { t } = useTranslation()
  const list = useQuery(exportsQuery())
  const [open, setOpen] = useState<Open>()
  const [secret, setSecret] = useState<string>()
  const close = () => setOpen(undefined)
  const target = list.data?.items.find(({ id }) => id === open?.id)
  const { outbox } = list.data ?? {}
  return (
    <>
      <Panel title={t('exports.targets')} actions={<Button size="xs" onClick={() => setOpen({ what: 'form', id: undefined })}>{t('exports.add')}</Button>}>
        {list.isError && <ErrorState error={list.error} onRetry={list.refetch} />}
        {list.data?.items.length === 0 ? <EmptyState title={t('exports.none.title')} body={t('exports.none.body')} /> : (
          <DataTable label={t('exports.targets')} loading={list.isPending} minWidth={860} columns={[{ key: 'name', title: t('exports.name') }, { key: 'kind', title: t('exports.kind') }, { key: 'where', title: t('exports.where') }, { key: 'state', title: t('exports.state') }, { key: 'lag', title: t('exports.lag') }, { key: 'sent', title: t('exports.sent'), numeric: true }, { key: 'dead', title: t('exports.dead.count'), numeric: true }, { key: 'actions', title: t('exports.actions') }]}>
            {list.data?.items.map((row) => <TargetRow key={row.id} target={row} onOpen={() => setOpen({ what: 'details', id: row.id })} />)}
          </DataTable>
        )}
      </Panel>
      {outbox !== undefined && (
        <Panel title={t('exports.outbox.title')}>
          <Facts rows={[
            [t('exports.outbox.records'), outbox.records], [t('exports.outbox.range'), outbox.records === 0 ? undefined : `${outbox.oldestId} – ${outbox.newestId}`], [t('exports.outbox.oldest'), outbox.oldestAt === undefined ? undefined : <Instant key="oldest" at={outbox.oldestAt} />],
            [t('exports.outbox.days'), outbox.keptDays === null ? t('exports.outbox.forever') : t('exports.outbox.daysValue', { count: outbox.keptDays })],
          ]} />
        </Panel>
      )}
      <Dialog opened={open?.what === 'form'} onClose={close} size="xl" title={target === undefined ? t('exports.add') : t('exports.edit', { name: target.name })}>
        {open?.what === 'form' && <TargetForm target={target} onClose={close} onSaved={(saved) => { close(); setSecret(saved.signingSecret) }} />}
      </Dialog>
      <Dialog opened={open?.what === 'details' && target !== undefined} onClose={close} size="lg" title={target === undefined ? '' : t('exports.edit', { name: target.name })}>
        {open?.what === 'details' && target !== undefined && outbox !== undefined && <TargetDetails target={target} outbox={outbox} onClose={close} onEdit={() => setOpen({ what: 'form', id: target.id })} onSecret={(made) => { close(); setSecret(made.signingSecret) }} />}
      </Dialog>
      <Dialog opened={secret !== undefined} onClose={() => setSecret(undefined)} title={t('exports.secret.title')}>
        <Stack>
          <Text size="sm">{t('exports.secret.body')}</Text>
          <Text className="hf-code" style={{ overflowWrap: 'anywhere' }}>{secret}</Text>
          <Group justify="space-between"><CopyButton text={secret ?? ''} label={t('exports.secret.copy')} /><Button onClick={() => setSecret(undefined)}>{t('exports.secret.done')}</Button></Group>
        </Stack>
      </Dialog>
    </>
  )
}

/** Where alerts and cases go, and how far they are. */
export const ExportsPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <>
      <Anchor component={Link} to="/settings" size="sm">{t('settings.title')}</Anchor>
      <PageHeader title={t('exports.title')} intro={t('exports.intro')} />
      {may('export.manage') ? <Stack><Targets /><SimpleGrid cols={{ base: 1, lg: 2 }}><FeedPanel /></SimpleGrid></Stack> : <Panel title={t('exports.title')}>{t('exports.noPermission')}</Panel>}
    </>
  )
}
