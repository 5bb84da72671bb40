import type { ActivityView } from '@holdfast/collector/contract'
import { Anchor, Badge, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { formatBytes } from '../format/numbers.ts'
import { humanise } from '../format/words.ts'
import { useTranslation } from '../i18n/translation.ts'
import { DataTable } from './data-table.tsx'
import { Facts } from './facts.tsx'
import { Instant } from './instant.tsx'

const CATEGORIES = ['access', 'deletion', 'collection', 'exfiltration', 'infiltration', 'obfuscation', 'security', 'context', 'agent'] as const

const Details = ({ activity }: { readonly activity: ActivityView }) => {
  const { t } = useTranslation()
  const { file, source, media, feature, application, exception } = activity
  const place = (one: NonNullable<ActivityView['file']>) => <><span className="hf-code">{one.path}</span> <Text span c="dimmed" size="sm">{humanise(one.location)} · {formatBytes(one.sizeBytes)}</Text></>
  return (
    <details>
      <summary>{t('activity.details')}</summary>
      <Facts rows={[
        [t('activity.kinds'), humanise(activity.kind)],
        [t('activity.file'), file && place(file)],
        [t('activity.from'), (source && place(source)) ?? activity.oldPath],
        [t('activity.hash'), file?.sha256 && <span className="hf-code">{file.sha256}</span>],
        ...Object.entries(media ?? {}).map(([key, value]) => [humanise(key), String(value)] as const),
        [humanise(feature?.id ?? ''), feature && `${humanise(feature.from)} → ${humanise(feature.to)}`],
        [application?.name ?? '', application && [application.version, application.source].filter(Boolean).join(' · ')],
        [t('exceptions.beside'), exception && <>{exception.by} · {t('exceptions.until')} <Instant at={exception.until} /> · {exception.reason}</>],
        [t('activity.sensor'), activity.sensor],
      ]} />
    </details>
  )
}

/** What happened, oldest decision aid first: time, sentence, place, program. */
export const ActivityTable = ({ activities, loading = false }: { readonly activities: readonly ActivityView[]; readonly loading?: boolean }) => {
  const { t } = useTranslation()
  const columns = [{ key: 'when', title: t('activity.when') }, { key: 'what', title: t('activity.what') }, { key: 'device', title: t('activity.device') }, { key: 'who', title: t('activity.who') }, { key: 'process', title: t('activity.process') }]
  return (
    <DataTable label={t('activity.table')} columns={columns} loading={loading} minWidth={720}>
      {activities.map((activity) => {
        const category = CATEGORIES.find((one) => one === activity.category)
        return (
          <Table.Tr key={activity.id} style={{ verticalAlign: 'top' }}>
            <Table.Td><Instant at={activity.occurredAt} seconds />{activity.recovered && <Text size="xs" c="dimmed">{t('activity.recovered')}</Text>}</Table.Td>
            <Table.Td maw={420} style={{ overflowWrap: 'anywhere' }}>{activity.summary} <Badge variant="default" size="sm" tt="none">{category === undefined ? humanise(activity.category) : t(`activity.category.${category}`)}</Badge>{activity.drill === true && <> <Badge variant="light" size="sm" tt="none" c="var(--mantine-color-text)">{t('drill.column')}</Badge></>}<Details activity={activity} /></Table.Td>
            <Table.Td><Anchor component={Link} size="sm" to={`/devices/${encodeURIComponent(activity.deviceId)}`}>{activity.deviceName ?? activity.deviceId}</Anchor></Table.Td>
            <Table.Td>{activity.account}</Table.Td>
            <Table.Td>{activity.process}</Table.Td>
          </Table.Tr>
        )
      })}
    </DataTable>
  )
}
