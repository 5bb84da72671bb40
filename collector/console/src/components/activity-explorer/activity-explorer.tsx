// The activity explorer: of one alert or of one user, with everything that can be asked and done about each activity.
import type { ActivityView } from '@holdfast/collector/contract'
import { Badge, Button, Checkbox, Group, MultiSelect, Popover, SegmentedControl, Select, Stack, Table, Text, Textarea, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, Fragment, useState } from 'react'
import { API_BASE, queryString } from '../../api/client.ts'
import { dismissActivities, markReviewed, restoreActivity } from '../../api/mutations.ts'
import { explorerQuery, indicatorsQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { oneOf } from '../../app/search-params.ts'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { DataTable } from '../data-table.tsx'
import { Dialog } from '../dialog.tsx'
import { ErrorState } from '../error-state.tsx'
import { Instant } from '../instant.tsx'
import { MoreButton } from '../more-button.tsx'
import { SearchField } from '../search-field.tsx'
import { ExplorerDetails } from './explorer-row.tsx'

const COLUMNS = ['when', 'what', 'score', 'factors', 'indicators', 'path', 'device', 'process', 'state'] as const
type Column = (typeof COLUMNS)[number]
const DEFAULT_COLUMNS: readonly Column[] = ['when', 'what', 'score', 'factors', 'state']
const SORTS = ['-occurredAt', 'occurredAt', '-score'] as const
const SCOPES = ['alert', 'scored', 'all'] as const
const FACTORS = ['unusual', 'sequence', 'cumulative', 'priority_content', 'unallowed_domain', 'priority_user', 'high_impact_user'] as const
const KINDS = ['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_hidden', 'file_deleted', 'archive_created', 'file_downloaded', 'file_read_by_transfer_tool', 'file_printed', 'removable_media_connected', 'removable_media_mounted', 'security_feature_changed', 'application_installed', 'application_removed', 'warning_shown', 'exception_requested', 'security_alert_raised', 'physical_access', 'patient_record_accessed', 'custom_detection'] as const
const MIN_REASON = 3

export interface ActivityExplorerProps {
  /** One of the two; an alert also gives its user. */
  readonly alertId?: string
  readonly userId: string
  /** Only these: the evidence of a reason. */
  readonly only?: readonly string[]
  /** Only what these count. */
  readonly indicator?: readonly string[]
  readonly from?: string
  readonly to?: string
}

const DismissForm = ({ pending, error, onSend, onClose }: { readonly pending: boolean; readonly error: Error | null; readonly onSend: (reason: string) => void; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const send = (): void => {
    setTried(true)
    if (reason.trim().length >= MIN_REASON) onSend(reason.trim())
  }
  return (
    <Stack>
      <Text size="sm" c="dimmed">{t('explorer.dismissIntro')}</Text>
      {error !== null && <ErrorState error={error} />}
      <Textarea label={t('dismiss.reason')} withAsterisk autosize minRows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={tried && reason.trim().length < MIN_REASON && t('explorer.reasonShort')} data-autofocus />
      <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button loading={pending} onClick={send}>{t('explorer.dismiss')}</Button></Group>
    </Stack>
  )
}

/** Marks as reviewed, finds benign, and takes both back. */
const useDeeds = (userId: string) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const onSuccess = async (): Promise<void> => {
    await Promise.all([['activities'], ['users'], ['alerts', 'one']].map((queryKey) => client.invalidateQueries({ queryKey })))
  }
  const onError = (error: Error): void => void notifications.show({ color: 'red', title: t('alert.failed'), message: error.message, closeButtonProps: { 'aria-label': t('common.close') } })
  return {
    review: useMutation({ mutationFn: ({ ids, reviewed }: { readonly ids: readonly string[]; readonly reviewed: boolean }) => markReviewed(ids, reviewed), onSuccess, onError }),
    dismiss: useMutation({ mutationFn: ({ ids, reason }: { readonly ids: readonly string[]; readonly reason: string }) => dismissActivities(userId, ids, reason), onSuccess }),
    restore: useMutation({ mutationFn: (id: string) => restoreActivity(userId, id), onSuccess, onError }),
  }
}

/** Filters, columns, order, files, details, and what an analyst decides about each row. */
export const ActivityExplorer = ({ alertId, userId, only, indicator, from, to }: ActivityExplorerProps) => {
  const { t } = useTranslation()
  const may = useMay()
  const [scope, setScope] = useState<(typeof SCOPES)[number]>(alertId === undefined ? 'scored' : 'alert')
  const [factor, setFactor] = useState<readonly string[]>([])
  const [kind, setKind] = useState<readonly string[]>([])
  const [reviewed, setReviewed] = useState<'true' | 'false'>()
  const [q, setQ] = useState('')
  const [sort, setSort] = useState<(typeof SORTS)[number]>('-occurredAt')
  const [open, setOpen] = useState<string>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [dismissing, setDismissing] = useState<readonly string[]>()
  const [columns, setColumns] = useLocalStorage<readonly Column[]>({ key: 'holdfast-explorer-columns', defaultValue: DEFAULT_COLUMNS, getInitialValueInEffect: false })
  const filter = {
    ...(alertId === undefined ? { userId } : { alertId }), scope, sort, factor, kind, ...(reviewed === undefined ? {} : { reviewed }), ...(q === '' ? {} : { q }), ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(indicator === undefined ? {} : { indicator }),
  }
  const found = useInfiniteQuery(explorerQuery(filter))
  const { data: indicators } = useQuery(indicatorsQuery())
  const labels = new Map(indicators?.items.map((row) => [row.id, row.summary.replace(/\.$/, '')]))
  const labelOf = (id: string): string => labels.get(id.split('#')[0] ?? id) ?? humanise(id)
  const { review, dismiss, restore } = useDeeds(userId)
  const triage = may('alert.triage')
  const all = found.data?.pages.flatMap(({ items }) => items) ?? []
  const rows = only === undefined ? all : all.filter(({ id }) => only.includes(id))
  const shown = COLUMNS.filter((column) => columns.includes(column) || column === 'what')
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const cells: Readonly<Record<Column, (row: ActivityView) => ReactNode>> = {
    when: (row) => <Instant at={row.occurredAt} seconds />,
    what: (row) => <UnstyledButton className="hf-row-button" fz="sm" aria-expanded={open === row.id} onClick={() => setOpen(open === row.id ? undefined : row.id)}>{row.summary}</UnstyledButton>,
    score: (row) => <span className="hf-mono">{Math.round(row.score ?? 0)}</span>,
    factors: (row) => <Text size="sm">{row.factors?.map((one) => t(`factor.${one}`)).join(', ')}</Text>,
    indicators: (row) => <Text size="sm">{row.indicators.map(labelOf).join(', ')}</Text>,
    path: (row) => <span className="hf-code">{row.file?.path}</span>,
    device: (row) => row.deviceName ?? row.deviceId,
    process: (row) => row.process,
    state: (row) => <Group gap={4}>{row.isEvidence === true && <Badge variant="default" size="sm" tt="none">{t('explorer.evidence')}</Badge>}{row.reviewed !== undefined && <Badge variant="default" size="sm" tt="none">✓ {t('explorer.reviewed')}</Badge>}{row.dismissed !== undefined && <Badge variant="default" size="sm" tt="none">{t('explorer.dismissed')}</Badge>}{row.exception !== undefined && <Badge variant="default" size="sm" tt="none">{t('exceptions.beside')}</Badge>}{row.excluded !== undefined && <Badge variant="default" size="sm" tt="none">{t('explorer.excluded')}</Badge>}</Group>,
  }
  return (
    <>
      <Group gap="sm" align="flex-end" mb="sm">
        {alertId !== undefined && <SegmentedControl size="xs" aria-label={t('explorer.scope')} data={SCOPES.map((value) => ({ value, label: t(`explorer.scopes.${value}`) }))} value={scope} onChange={(value) => setScope(oneOf(value, SCOPES, 'alert'))} />}
        <SearchField label={t('explorer.search')} initial={q} onSearch={setQ} />
        <MultiSelect label={t('alerts.filter.factor')} data={FACTORS.map((value) => ({ value, label: t(`factor.${value}`) }))} value={[...factor]} onChange={setFactor} size="xs" w={190} />
        <MultiSelect label={t('activity.kinds')} data={KINDS.map((value) => ({ value, label: humanise(value) }))} value={[...kind]} onChange={setKind} size="xs" w={190} searchable />
        <Select label={t('explorer.reviewStatus')} placeholder={t('alerts.filter.any')} data={[{ value: 'false', label: t('explorer.notReviewed') }, { value: 'true', label: t('explorer.reviewed') }]} value={reviewed ?? null} onChange={(value) => setReviewed(oneOf(value, ['true', 'false'] as const, undefined))} clearable size="xs" w={140} />
        <Select label={t('explorer.sort')} data={SORTS.map((value) => ({ value, label: t(`explorer.sorts.${value}`) }))} value={sort} onChange={(value) => setSort(oneOf(value, SORTS, '-occurredAt'))} allowDeselect={false} size="xs" w={140} />
        <Popover position="bottom-end" trapFocus>
          <Popover.Target><Button variant="default" size="xs">{t('alerts.columns')}</Button></Popover.Target>
          <Popover.Dropdown><Stack gap={6}>{COLUMNS.map((column) => <Checkbox key={column} size="sm" label={t(`explorer.column.${column}`)} checked={shown.includes(column)} disabled={column === 'what'} onChange={(event) => setColumns(event.currentTarget.checked ? [...shown, column] : shown.filter((one) => one !== column))} />)}</Stack></Popover.Dropdown>
        </Popover>
        {may('alert.export') && (['csv', 'jsonl'] as const).map((format) => <Button key={format} component="a" variant="default" size="xs" download href={`${API_BASE}/activities/export${queryString({ ...filter, format })}`}>{t(`alerts.export.${format}`)}</Button>)}
      </Group>
      {chosen.size > 0 && (
        <Group gap="xs" mb="xs" role="status">
          <Text size="sm" fw={600}>{t('common.selected', { count: chosen.size })}</Text>
          <Button size="compact-xs" loading={review.isPending} onClick={() => review.mutate({ ids: [...chosen], reviewed: true }, { onSuccess: () => setChosen(new Set()) })}>{t('explorer.markReviewed')}</Button>
          <Button size="compact-xs" variant="default" onClick={() => setDismissing([...chosen])}>{t('explorer.dismiss')}</Button>
        </Group>
      )}
      {found.isError && <ErrorState error={found.error} onRetry={found.refetch} />}
      {found.isSuccess && rows.length === 0 && !found.hasNextPage ? <Text size="sm" c="dimmed">{t('explorer.none')}</Text> : !found.isError && (
        <DataTable label={t('activity.table')} loading={found.isPending} minWidth={Math.max(520, 120 * shown.length)} columns={[...(triage ? [{ key: 'choose', title: <VisuallyHidden>{t('explorer.chooseColumn')}</VisuallyHidden> }] : []), ...shown.map((key) => ({ key, title: t(`explorer.column.${key}`), numeric: key === 'score' }))]}>
          {rows.map((row) => (
            <Fragment key={row.id}>
              <Table.Tr data-activity={row.id} style={{ verticalAlign: 'top' }}>
                {triage && <Table.Td w={32}><Checkbox size="xs" aria-label={t('explorer.choose', { what: row.summary })} checked={chosen.has(row.id)} onChange={() => toggle(row.id)} /></Table.Td>}
                {shown.map((column) => <Table.Td key={column} ta={column === 'score' ? 'end' : undefined} style={{ overflowWrap: 'anywhere' }}>{cells[column](row)}</Table.Td>)}
              </Table.Tr>
              {open === row.id && (
                <Table.Tr>
                  <Table.Td colSpan={shown.length + (triage ? 1 : 0)}>
                    <ExplorerDetails activity={row} labelOf={labelOf} />
                    {triage && (
                      <Group gap="xs" mt="xs">
                        <Button size="compact-xs" variant="default" loading={review.isPending} onClick={() => review.mutate({ ids: [row.id], reviewed: row.reviewed === undefined })}>{row.reviewed === undefined ? t('explorer.markReviewed') : t('explorer.notReviewedAgain')}</Button>
                        {row.dismissed === undefined ? <Button size="compact-xs" variant="default" onClick={() => setDismissing([row.id])}>{t('explorer.dismiss')}</Button> : <Button size="compact-xs" variant="default" loading={restore.isPending} onClick={() => restore.mutate(row.id)}>{t('explorer.restore')}</Button>}
                      </Group>
                    )}
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          ))}
        </DataTable>
      )}
      {(rows.length > 0 || found.hasNextPage) && <MoreButton pages={found} shown={rows.length} total={undefined} />}
      <Dialog opened={dismissing !== undefined} onClose={() => setDismissing(undefined)} title={t('explorer.dismissTitle', { count: dismissing?.length ?? 0 })}>
        <DismissForm pending={dismiss.isPending} error={dismiss.error} onClose={() => setDismissing(undefined)} onSend={(reason) => dismiss.mutate({ ids: dismissing ?? [], reason }, { onSuccess: () => { setDismissing(undefined); setChosen(new Set()) } })} />
      </Dialog>
    </>
  )
}
