import type { ChronologyEntry } from '@holdfast/collector/contract'
import { Anchor, Badge, Button, Group, MultiSelect, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { userChronologyQuery } from '../../api/queries.ts'
import { useZone } from '../../app/preferences.tsx'
import { listOf } from '../../app/search-params.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Instant } from '../../components/instant.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { Panel } from '../../components/panel.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { formatInstant } from '../../format/time.ts'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { SEVERITIES } from '../../theme/severity.ts'

export const ENTRY_KINDS = ['alert', 'decision', 'trigger', 'sequence', 'insight', 'case'] as const

export interface ChronologySearch {
  readonly kind: readonly (typeof ENTRY_KINDS)[number][]
  readonly severity: readonly (typeof SEVERITIES)[number][]
}
export const readChronologySearch = (raw: Record<string, unknown>): ChronologySearch => ({ kind: listOf(raw['kind'], ENTRY_KINDS), severity: listOf(raw['severity'], SEVERITIES) })

const linkOf = ({ alertId, caseId }: ChronologyEntry): string | undefined => (caseId !== undefined && alertId === undefined ? `/cases/${encodeURIComponent(caseId)}` : alertId === undefined ? undefined : `/alerts/${encodeURIComponent(alertId)}`)

const Entry = ({ entry }: { readonly entry: ChronologyEntry }) => {
  const { t } = useTranslation()
  const to = linkOf(entry)
  const said = entry.kind === 'decision' || entry.kind === 'trigger' || entry.kind === 'case' ? [humanise(entry.what), entry.text].filter((text) => text !== '').join(': ') : entry.text
  return (
    <Group component="li" gap="xs" align="baseline" wrap="nowrap" data-entry={entry.kind}>
      <Text size="sm" c="dimmed" flex="none"><Instant at={entry.at} /></Text>
      <Badge variant="default" tt="none" flex="none">{t(`chronology.entry.${entry.kind}`)}</Badge>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {to === undefined ? said : <Anchor component={Link} to={to} size="sm">{said}</Anchor>}
        {entry.events !== undefined && <Text span c="dimmed" size="sm"> · {t('picture.events', { count: entry.events })}</Text>}{entry.score !== undefined && <Text span c="dimmed" size="sm"> · {t('chronology.points', { score: Math.round(entry.score) })}</Text>}{entry.actor !== undefined && <Text span c="dimmed" size="sm"> · {t('chronology.by', { name: entry.actor })}</Text>}
      </Text>
      {entry.severity !== undefined && <SeverityBadge severity={entry.severity} />}
    </Group>
  )
}

/** Everything about a person, newest first, under days. */
export const ChronologyPanel = ({ userId, search, onSearch }: { readonly userId: string; readonly search: ChronologySearch; readonly onSearch: (next: ChronologySearch) => void }) => {
  const { t } = useTranslation()
  const zone = useZone()
  const found = useInfiniteQuery(userChronologyQuery(userId, search))
  const entries = found.data?.pages.flatMap(({ items }) => items) ?? []
  const days = Map.groupBy(entries, (entry) => formatInstant(entry.at, zone).slice(0, 10))
  const isFiltered = search.kind.length > 0 || search.severity.length > 0
  return (
    <Panel title={t('chronology.title')} actions={<Text size="sm" c="dimmed">{t('chronology.intro')}</Text>}>
      <Stack>
        <Group gap="xs">
          <MultiSelect size="xs" w={320} label={t('chronology.kind')} placeholder={search.kind.length === 0 ? t('alerts.filter.any') : ''} clearable data={ENTRY_KINDS.map((value) => ({ value, label: t(`chronology.kinds.${value}`) }))} value={[...search.kind]} onChange={(value) => onSearch({ ...search, kind: listOf(value, ENTRY_KINDS) })} />
          <MultiSelect size="xs" w={240} label={t('chronology.severity')} placeholder={search.severity.length === 0 ? t('alerts.filter.any') : ''} clearable data={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))} value={[...search.severity]} onChange={(value) => onSearch({ ...search, severity: listOf(value, SEVERITIES) })} />
        </Group>
        {found.isPending && <Skeleton height={300} />}
        {found.isError && <ErrorState error={found.error} onRetry={found.refetch} />}
        {found.isSuccess && entries.length === 0 && (isFiltered
          ? <EmptyState title={t('chronology.filtered.title')} body={t('chronology.filtered.body')}><Button variant="default" onClick={() => onSearch({ kind: [], severity: [] })}>{t('common.clearFilters')}</Button></EmptyState>
          : <EmptyState title={t('chronology.none.title')} body={t('chronology.none.body')} />)}
        {[...days].map(([day, own]) => (
          <section key={day} aria-label={day}>
            <Title order={3} size="h5" mb={4} className="hf-mono">{day}</Title>
            <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>{own.map((entry, index) => <Entry key={`${entry.at} ${entry.kind} ${entry.what} ${entry.alertId ?? entry.caseId ?? index}`} entry={entry} />)}</Stack>
          </section>
        ))}
        {entries.length > 0 && <MoreButton pages={found} shown={entries.length} total={found.data?.pages[0]?.total} />}
      </Stack>
    </Panel>
  )
}
